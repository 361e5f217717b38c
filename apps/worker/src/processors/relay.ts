import { defineProcessor, handled, type Processor } from "@misskeep/processor";
import { Webhook } from "standardwebhooks";
import * as z from "zod";
import { checkAnswer } from "./target/check-answer.ts";
import { post } from "./target/post.ts";
import { targetUrl } from "./target/target-url.ts";

export interface RelayOptions {
  /** @default "relay" */
  readonly name?: string;
  /** @default "*" */
  readonly on?: readonly string[] | "*";
  /** @default every hook */
  readonly hooks?: readonly string[];
  /** What its settings' names begin with. @default "RELAY": `RELAY_URL` and `RELAY_SECRET` */
  readonly env?: string;
}

/**
 * Passes events on, private ones included, signed as Standard Webhooks specifies
 * (https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 *
 * - The body is the event as processors see it: `{ id, type, body, hook, eventId?, server?, createdAt?,
 *   receivedAt, isTest }`, times in ms. `body` is Misskey's own, but for fields that are malformed.
 * - `webhook-id` is the same in every attempt: by it the receiver tells a repetition. The timestamp is the
 *   attempt's, so that a late one is still verified.
 */
export function relay({ name = "relay", on = "*", hooks, env = "RELAY" }: RelayOptions = {}): Processor {
  const urlSetting = `${env}_URL`;
  const secretSetting = `${env}_SECRET`;
  return defineProcessor({
    name,
    on,
    hooks,
    config: z.object({
      [urlSetting]: targetUrl("Where events are passed on to, by POST."),
      [secretSetting]: z
        .string()
        .refine(isWebhookSecret, "is not whsec_ followed by 24 to 64 bytes in base64")
        .meta({
          description: "The secret with which they are signed: `whsec_` and 24 to 64 random bytes in base64.",
          secret: true,
        }),
    }),
    async handle(event, { config, signal, idempotencyKey }) {
      const body = JSON.stringify(event);
      const sentAt = new Date();
      const answer = await post({
        setting: urlSetting,
        url: String(config[urlSetting]),
        body,
        headers: {
          "webhook-id": idempotencyKey,
          "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
          "webhook-signature": new Webhook(String(config[secretSetting])).sign(idempotencyKey, sentAt, body),
        },
        signal,
      });
      checkAnswer(answer, urlSetting);
      return handled();
    },
  });
}

/** The form and lengths that the specification names. */
function isWebhookSecret(text: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  if (base64 === undefined || base64.length % 4 !== 0) return false;
  const { length } = Buffer.from(base64, "base64");
  return length >= 24 && length <= 64;
}

export default relay();
