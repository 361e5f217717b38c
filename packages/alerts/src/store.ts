/**
 * What people were told, in the hash `keys.alerts`: a cause id and its state, and under `~refusals` what the next
 * look needs of the counters. So a restart, or another worker that takes over, repeats nothing.
 */
import { keys, type Redis } from "@misskeep/redis";
import type { CauseState, Changes } from "./decide.ts";
import { ALERTS_LOCK } from "./lock.ts";
import type { RefusalMemory } from "./observe-refusals.ts";
import { scripts } from "./scripts.ts";

/** No cause's id begins with `~`. */
const REFUSALS = "~refusals";

export interface Stored {
  readonly causes: ReadonlyMap<string, CauseState>;
  /** undefined if nobody ever looked. */
  readonly refusals: RefusalMemory | undefined;
}

export async function readStored(redis: Redis): Promise<Stored> {
  const { [REFUSALS]: refusals, ...causes } = await redis.hgetall(keys.alerts);
  return {
    causes: new Map(Object.entries(causes).map(([id, text]) => [id, JSON.parse(text) as CauseState])),
    refusals: refusals === undefined ? undefined : (JSON.parse(refusals) as RefusalMemory),
  };
}

/**
 * Stores changes, all or none.
 *
 * @param refusals undefined: as they were
 * @returns false if `who` holds the lock no more: nothing was stored
 */
export async function record(
  redis: Redis,
  who: string,
  changes: Changes,
  refusals?: RefusalMemory,
): Promise<boolean> {
  if (changes.size === 0 && refusals === undefined) return true;
  const gone = [...changes].filter(([, state]) => state === null).map(([id]) => id);
  const set = [...changes].flatMap(([id, state]) => (state === null ? [] : [id, JSON.stringify(state)]));
  if (refusals !== undefined) set.push(REFUSALS, JSON.stringify(refusals));
  const reply = await scripts.recordAlerts.run(
    redis,
    [ALERTS_LOCK, keys.alerts],
    [who, gone.length, ...gone, ...set],
  );
  return reply === 1;
}
