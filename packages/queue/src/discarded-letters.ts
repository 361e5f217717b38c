import { keys, type Redis } from "@misskeep/redis";
import { type DeadLetter, readLetter } from "./dead-letters.ts";
import { parseDiscard, type StoredDiscard } from "./discard.ts";
import type { Queues } from "./queues.ts";

/** A dead letter that somebody put away. */
export interface DiscardedDeadLetter extends DeadLetter {
  readonly discarded: StoredDiscard;
}

/** @returns undefined if the letter is not discarded (any more) */
export async function findDiscardedLetter(
  redis: Redis,
  queues: Queues,
  processor: string,
  id: string,
): Promise<DiscardedDeadLetter | undefined> {
  const [note, letter] = await Promise.all([
    redis.hget(keys.queue(processor, id), "mk:discarded"),
    readLetter(redis, queues.get(processor), processor, id),
  ]);
  return note === null || !letter ? undefined : { ...letter, discarded: parseDiscard(note) };
}
