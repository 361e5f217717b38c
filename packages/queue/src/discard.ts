import { keys, type Redis } from "@misskeep/redis";
import { unindexDeadLetter } from "./dead-index/update-letters.ts";
import { scripts } from "./scripts.ts";

/** So long a discarded letter can be recovered, ms. */
export const DISCARD_KEPT_MS = 7 * 24 * 3_600_000;

/** Who put a letter away. */
export interface DiscardNote {
  readonly by: string;
  readonly why: string;
  /** ms since 1970 */
  readonly at: number;
  /** The run that did it, if one did. */
  readonly run?: string | undefined;
}

/** As it is kept with the letter. */
export interface StoredDiscard extends DiscardNote {
  /** ms since 1970 */
  readonly diedAt: number;
}

/**
 * Puts a dead letter away. It can be recovered for `DISCARD_KEPT_MS`; meanwhile its job stays, so that the same
 * event, dispatched again, runs nothing. Of a replay and a discard at the same moment exactly one succeeds.
 *
 * @param diedBefore one that died later is not meant, ms since 1970; inclusive
 * @returns false if the job is no such dead letter (any more)
 */
export async function discardDeadLetter(
  redis: Redis,
  processor: string,
  id: string,
  note: DiscardNote,
  diedBefore?: number,
): Promise<boolean> {
  const { by, why, at, run } = note;
  const stored = JSON.stringify({ by, why, at, ...(run === undefined ? {} : { run }) });
  const places = [keys.queue(processor, "failed"), keys.queue(processor, id), keys.discarded(processor)];
  if ((await scripts.discard.run(redis, places, [id, at, stored, diedBefore ?? ""])) !== 1) return false;
  // It is put away, whatever becomes of the index: a worker's next look at that mends it.
  await unindexDeadLetter(redis, processor, id).catch(() => undefined);
  return true;
}

/** @param field a job's `mk:discarded` */
export function parseDiscard(field: string): StoredDiscard {
  return JSON.parse(field) as StoredDiscard;
}
