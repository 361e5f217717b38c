import { hash } from "node:crypto";
import type { Delivery } from "./delivery.ts";

/**
 * What makes two deliveries the same event.
 *
 * | the delivery has | two are the same if |
 * |---|---|
 * | an `eventId`, a string of 1 to 128 characters | hook, server and `eventId` are equal |
 * | none, as before Misskey 12.110 and in what is not JSON | hook and bytes are equal, and they were received within 15 minutes of each other |
 *
 * Misskey makes an `eventId` per hook and event, and repeats it, and every byte, in each resend. Its resends
 * end 13.2 minutes after the first delivery; later, equal bytes can be a new event: follow, unfollow, follow.
 */
export interface IdempotencyKey {
  /** Remembers this delivery. */
  readonly digest: string;
  /** Others that may hold the same event: the 15 minutes before and after, where bytes decide. */
  readonly neighbours: readonly string[];
  /** How near in time two deliveries must be, ms. 0: at any distance. */
  readonly near: number;
}

export interface EventIdentity {
  /** The server's origin from the body, else from the header. */
  readonly server: string | undefined;
  /** The body's `eventId`, whatever it is. */
  readonly eventId: unknown;
}

const SAME_BYTES_WITHIN_MS = 15 * 60_000;
const MAX_EVENT_ID_LENGTH = 128;
const DIGEST_BYTES = 16;

/**
 * @param delivery its hook, bytes and time of arrival
 * @param identity what the body says of itself, if it can be read at all
 */
export function idempotencyKey(
  { hook, body, receivedAt }: Pick<Delivery, "hook" | "body" | "receivedAt">,
  identity: EventIdentity | undefined,
): IdempotencyKey {
  const eventId = identity?.eventId;
  if (typeof eventId === "string" && eventId.length >= 1 && eventId.length <= MAX_EVENT_ID_LENGTH)
    return { digest: digest("event", hook, identity?.server ?? "", eventId), neighbours: [], near: 0 };

  // All that arrives within one span of 15 minutes lies within 15 minutes of each other, so one key a span
  // remembers every event; a delivery may also match one in the span before or after.
  const bytes = hash("sha256", body, "base64url");
  const span = Math.floor(receivedAt / SAME_BYTES_WITHIN_MS);
  const at = (n: number): string => digest("bytes", hook, bytes, String(n));
  return { digest: at(span), neighbours: [at(span - 1), at(span + 1)], near: SAME_BYTES_WITHIN_MS };
}

/** 128 bits over length-prefixed parts, so that no two lists of parts read alike. */
function digest(...parts: readonly string[]): string {
  const bytes = Buffer.allocUnsafe(
    parts.reduce((sum, part) => sum + prefix(part).length + 2 * part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    at += bytes.write(prefix(part), at, "latin1");
    // UTF-8 would make all lone surrogates equal, and JSON can hold them.
    at += bytes.write(part, at, "utf16le");
  }
  return hash("sha256", bytes, "buffer").toString("base64url", 0, DIGEST_BYTES);
}

function prefix(part: string): string {
  return `${part.length}:`;
}
