import { keys, type Redis, redisTime } from "@misskeep/redis";
import { DISCARD_KEPT_MS } from "./discard.ts";
import { listKnownProcessors } from "./known-processors.ts";
import { scripts } from "./scripts.ts";

/** Each is a handful of commands; Redis does nothing else meanwhile. */
const LETTERS_PER_CALL = 50;
/** For one look: the rest has to wait for the next. */
const LETTERS_PER_LOOK = 5_000;

/**
 * Removes letters that were discarded before a moment, the oldest first, a few at a time.
 *
 * @param before ms since 1970
 * @param limit how many at most
 * @returns how many it removed
 */
export async function purgeDiscarded(
  redis: Redis,
  processor: string,
  before: number,
  limit: number,
): Promise<number> {
  let removed = 0;
  while (removed < limit) {
    const wanted = Math.min(LETTERS_PER_CALL, limit - removed);
    const args = [before, wanted, keys.queue(processor, "")];
    const now = (await scripts.purgeDiscarded.run(redis, [keys.discarded(processor)], args)) as number;
    removed += now;
    if (now < wanted) break;
  }
  return removed;
}

/**
 * Removes what was discarded over `DISCARD_KEPT_MS` ago, of every processor.
 *
 * @param now ms since 1970. @default by Redis' clock: a worker's wrong one must not remove anything early
 * @returns how many letters it removed
 */
export async function tidyDiscarded(redis: Redis, now?: number): Promise<number> {
  const before = (now ?? (await redisTime(redis))) - DISCARD_KEPT_MS;
  let removed = 0;
  for (const name of await listKnownProcessors(redis))
    removed += await purgeDiscarded(redis, name, before, LETTERS_PER_LOOK);
  return removed;
}
