import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { type EventId, toStreamId } from "./event-id.ts";
import { scripts } from "./scripts.ts";

/** So long it is known that an event was erased, ms. */
const KNOWN_FOR_MS = 90 * 24 * 3_600_000;

/**
 * | | the entry |
 * |---|---|
 * | `erased` | is gone; its idempotency key stays |
 * | `waiting` | is not dispatched yet, and stays: try again |
 * | `absent` | is not there (any more) |
 */
export type EntryErasure = "erased" | "waiting" | "absent";

/**
 * Removes an entry of the inbox, and remembers that it was erased.
 *
 * @param at ms since 1970
 */
export async function eraseEntry(redis: Redis, id: EventId, at: number): Promise<EntryErasure> {
  const streamId = toStreamId(id);
  if (streamId === undefined) return "absent";
  const reply = await scripts.eraseEntry.run(
    redis,
    [keys.inbox, keys.counts, keys.erased],
    [DISPATCHERS, streamId, id, at, at - KNOWN_FOR_MS],
  );
  return reply === 1 ? "erased" : reply === 0 ? "waiting" : "absent";
}

/** @returns when the event's entry was erased, ms since 1970; undefined if it was not, or over 90 days ago */
export async function findErased(redis: Redis, id: EventId): Promise<number | undefined> {
  const at = await redis.zscore(keys.erased, id);
  return at === null ? undefined : Number(at);
}
