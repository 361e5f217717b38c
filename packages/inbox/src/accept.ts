import { keys, type Redis } from "@misskeep/redis";
import { acceptTogether } from "./accept-together.ts";
import type { Delivery } from "./delivery.ts";
import { type EventId, toEventId } from "./event-id.ts";
import { type EventIdentity, idempotencyKey } from "./idempotency-key.ts";

export interface Acceptance {
  readonly status: "accepted" | "duplicate";
  /** The event's id; for a duplicate that of its first copy. */
  readonly id: EventId;
}

/**
 * Keeps a delivery in the inbox, unless its event is there already or was within the window.
 *
 * When this returns, Redis has taken the event; how durably is Redis' configuration (see `checkDurability`).
 * Atomic over any number of callers, and safe to call again after an error: a second call of the same
 * delivery is a duplicate of the first.
 *
 * @param identity what the body says of itself, or undefined where it cannot be read
 * @param options.windowMs how long the event is remembered, anew after each duplicate, ms
 * @throws what the connection or Redis throws: the event may or may not be kept then
 */
export async function accept(
  redis: Redis,
  delivery: Delivery,
  identity: EventIdentity | undefined,
  options: { readonly windowMs: number },
): Promise<Acceptance> {
  const key = idempotencyKey(delivery, identity);
  const [isNew, streamId] = await acceptTogether(redis, options.windowMs, {
    keys: [key.digest, ...key.neighbours].map(keys.seen),
    args: [
      1 + key.neighbours.length,
      delivery.receivedAt,
      key.near,
      delivery.hook,
      JSON.stringify(delivery.meta),
      delivery.body,
    ],
    bytes: delivery.body.length,
  });
  return { status: isNew === 1 ? "accepted" : "duplicate", id: toEventId(streamId) };
}
