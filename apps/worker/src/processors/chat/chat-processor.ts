import { defineProcessor, type Duration, handled, ignored, type Processor } from "@misskeep/processor";
import { isNoteEvent, type MisskeyEvent } from "@misskeep/schema";
import * as z from "zod";
import { checkAnswer } from "../target/check-answer.ts";
import { post } from "../target/post.ts";
import { targetUrl } from "../target/target-url.ts";
import type { Message } from "./message.ts";
import { render } from "./render.ts";

export interface ChatOptions {
  /** @default the service's */
  readonly name?: string;
  /** @default mention, reply, renote (quotes included), followed: what others do to the hook's owner */
  readonly on?: readonly string[] | "*";
  /** @default every hook */
  readonly hooks?: readonly string[];
  /** The setting that holds the webhook's URL. @default the service's */
  readonly env?: string;
  /** Shows reports with their reporter and comment: only for a channel of moderators. @default false */
  readonly fullReports?: boolean;
}

/** What differs between chat services. */
export interface ChatService {
  readonly name: string;
  readonly env: string;
  /** Of the setting, for docs/settings.md. */
  readonly description: string;
  readonly rateLimit: { readonly max: number; readonly per: Duration };
  /** The address to post to, of the one that the user set. */
  address(url: string): string;
  /** @param plain without images and links of its own, for a server whose URLs the service does not take */
  toBody(message: Message, plain: boolean): object;
}

/** A processor that shows events in a channel through an incoming webhook. What it shows: see render.ts. */
export function chatProcessor(service: ChatService, options: ChatOptions): Processor {
  const { name = service.name, env = service.env, hooks, fullReports } = options;
  const on: readonly string[] | "*" = options.on ?? ["mention", "reply", "renote", "followed"];
  return defineProcessor({
    name,
    on,
    hooks,
    config: z.object({ [env]: targetUrl(service.description) }),
    once: meaningOf,
    rateLimit: service.rateLimit,
    async handle(event, { config, signal }) {
      const rendering = render(event, { fullReports });
      if ("withheld" in rendering) return ignored(rendering.withheld);
      const send = (plain: boolean): ReturnType<typeof post> => {
        const body = JSON.stringify(service.toBody(rendering.message, plain));
        return post({ setting: env, url: service.address(String(config[env])), body, signal });
      };
      let answer = await send(false);
      // Both services refuse a whole message for an image or link that they cannot load or do not like.
      if (answer.status === 400) answer = await send(true);
      checkAnswer(answer, env);
      return handled();
    },
  });
}

/**
 * A note is shown once, whether it comes as mention, as reply or as both, and for however many hooks. Its
 * edit is another thing; and each press of the test button is to be seen.
 */
function meaningOf(event: MisskeyEvent): string | undefined {
  if (!isNoteEvent(event) || event.type === "edited" || event.isTest) return undefined;
  return `${event.server ?? ""} ${event.body.note.id}`;
}
