import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { scripts } from "./scripts.ts";

export interface InboxLimits {
  /** Entries older than this may go, ms. */
  readonly maxAgeMs: number;
  /** Above this the oldest entries may go; counts bodies. */
  readonly maxBytes: number;
}

const ENTRIES_PER_CALL = 100;

/**
 * Removes what is over the limits, oldest first. Never an entry that is not dispatched, and any number of
 * workers may do it at once: each call is one short script.
 *
 * @returns how many entries it removed
 */
export async function trim(redis: Redis, limits: InboxLimits): Promise<number> {
  let total = 0;
  for (;;) {
    const [removed, more] = (await scripts.trim.run(
      redis,
      [keys.inbox, keys.counts],
      [DISPATCHERS, limits.maxAgeMs, limits.maxBytes, ENTRIES_PER_CALL],
    )) as [number, number];
    total += removed;
    if (more === 0) return total;
  }
}
