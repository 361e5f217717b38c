import { keys, type Redis } from "@misskeep/redis";
import { dropDeadIndex } from "./drop.ts";
import { attemptsOfScore, derivedKeys, FORMAT } from "./index-keys.ts";
import { deathsOf, indexDeadLetters, unindexDeadLetter } from "./update-letters.ts";
import { type Place, walk } from "./walk.ts";

/** Letters whose bodies are read at once. */
const AT_ONCE = 100;

export interface ReconcileOptions {
  /** Compares every letter although the numbers of them are equal. */
  readonly full?: boolean;
  /** Indexes every letter again, and so drops the index before. */
  readonly force?: boolean;
  /** Told after each chunk how many letters were looked at. */
  readonly onProgress?: (looked: number) => void;
}

/**
 * Brings the index in line with the failed set: after a crash between the two, after an upgrade, or after somebody
 * deleted it. Costs three small calls where the numbers of letters agree. Letters that die and are replayed
 * meanwhile are no trouble, and neither is another process that does the same.
 */
export async function reconcileDeadIndex(
  redis: Redis,
  processor: string,
  { full = false, force = false, onProgress = () => {} }: ReconcileOptions = {},
): Promise<{ readonly added: number; readonly removed: number }> {
  const { dead, letters, byAttempts, format } = await look(redis, processor);
  if (dead === 0 && letters === 0 && byAttempts === 0 && !force) return { added: 0, removed: 0 };
  // What a newer version wrote is left to the newer version.
  const anew = force || format < FORMAT || letters !== byAttempts;
  if (!anew && !full && dead === letters) return { added: 0, removed: 0 };
  if (anew) {
    await dropDeadIndex(redis, processor);
    // Before the letters: another process would take an index without a format for an old one.
    await redis.set(derivedKeys.format(processor), Math.max(format, FORMAT));
  }
  const removed = await removeStale(redis, processor);
  return { removed, added: await addMissing(redis, processor, anew, onProgress) };
}

/** All at one moment, or letters that die meanwhile would look like damage. */
async function look(
  redis: Redis,
  processor: string,
): Promise<{ dead: number; letters: number; byAttempts: number; format: number }> {
  const replies = await redis
    .multi()
    .zcard(keys.queue(processor, "failed"))
    .hlen(derivedKeys.letters(processor))
    .zcard(derivedKeys.byAttempts(processor))
    .get(derivedKeys.format(processor))
    .exec();
  const [dead = 0, letters = 0, byAttempts = 0, format = 0] = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return Number(reply ?? 0);
  });
  return { dead, letters, byAttempts, format };
}

async function removeStale(redis: Redis, processor: string): Promise<number> {
  let removed = 0;
  for await (const members of walk(redis, derivedKeys.byAttempts(processor))) {
    const ids = members.map(({ id }) => id);
    const deaths = await deathsOf(redis, processor, ids);
    const stale = ids.filter((id) => !deaths.has(id));
    await Promise.all(stale.map((id) => unindexDeadLetter(redis, processor, id)));
    removed += stale.length;
  }
  return removed;
}

/** @param all also those that the index seems to have: one that died during a drop may be there in part */
async function addMissing(
  redis: Redis,
  processor: string,
  all: boolean,
  onProgress: (looked: number) => void,
): Promise<number> {
  let added = 0;
  let looked = 0;
  for await (const members of walk(redis, keys.queue(processor, "failed"))) {
    const missing = all ? members : await notIndexed(redis, processor, members);
    for (let i = 0; i < missing.length; i += AT_ONCE)
      await indexDeadLetters(
        redis,
        processor,
        missing.slice(i, i + AT_ONCE).map(({ id }) => id),
      );
    added += missing.length;
    looked += members.length;
    onProgress(looked);
  }
  return added;
}

async function notIndexed(
  redis: Redis,
  processor: string,
  members: readonly Place[],
): Promise<readonly Place[]> {
  const scores = await redis.zmscore(derivedKeys.byAttempts(processor), ...members.map(({ id }) => id));
  return members.filter(({ score }, i) => attemptsOfScore(Number(scores[i] ?? -1)).diedAt !== score);
}
