import type { MisskeyEvent } from "@misskeep/schema";
import { render, type RenderOptions } from "../chat/render.ts";
import { toDiscord } from "../chat/to-discord.ts";
import { toSlack } from "../chat/to-slack.ts";

/** Everything that either service could be sent of an event, as JSON; `null` where nothing is posted. */
export function everythingShown(event: MisskeyEvent, options?: RenderOptions): string | null {
  const rendering = render(event, options);
  if ("withheld" in rendering) return null;
  const { message } = rendering;
  return JSON.stringify(
    [false, true].flatMap((plain) => [toDiscord(message, plain), toSlack(message, plain)]),
  );
}

/** All of an embed that tests look at. */
export interface Embed {
  readonly title: string;
  readonly url?: string;
  readonly description?: string;
  readonly timestamp: string;
  readonly author?: { readonly name: string; readonly url?: string; readonly icon_url?: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly image?: { readonly url: string };
}

/** What Discord would be sent. @throws Error if the event is not posted */
export function discordOf(
  event: MisskeyEvent,
  { plain = false, ...options }: RenderOptions & { plain?: boolean } = {},
) {
  const rendering = render(event, options);
  if ("withheld" in rendering) throw new Error(rendering.withheld);
  return toDiscord(rendering.message, plain) as {
    readonly allowed_mentions: unknown;
    readonly embeds: readonly [Embed, ...Embed[]];
  };
}

interface Block {
  readonly type: string;
  readonly text?: { readonly type: string; readonly text: string; readonly verbatim: boolean };
  readonly image_url?: string;
  readonly elements?: readonly {
    readonly type: string;
    readonly text?: string;
    readonly image_url?: string;
  }[];
}

/** What Slack would be sent. @throws Error if the event is not posted */
export function slackOf(
  event: MisskeyEvent,
  { plain = false, ...options }: RenderOptions & { plain?: boolean } = {},
) {
  const rendering = render(event, options);
  if ("withheld" in rendering) throw new Error(rendering.withheld);
  return toSlack(rendering.message, plain) as { readonly text: string; readonly blocks: readonly Block[] };
}

/** Every text with markup in it. */
export function slackTexts({ text, blocks }: ReturnType<typeof slackOf>): string[] {
  const parts = blocks.flatMap((block) => [
    block.text?.text,
    ...(block.elements ?? []).map((each) => each.text),
  ]);
  return [text, ...parts].filter((part) => part !== undefined);
}
