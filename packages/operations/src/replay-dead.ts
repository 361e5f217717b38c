import { replayDeadLetter } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import type { Context } from "./context.ts";
import { requireProcessor } from "./find-processors.ts";

export interface ReplayedDead {
  readonly replayed: readonly string[];
  /** Never dead, or replayed by somebody else meanwhile. */
  readonly notDead: readonly string[];
}

const AT_ONCE = 20;

/**
 * Runs dead letters again, each with all its attempts; what they recorded as steps is not done again.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function replayDead(
  context: Context,
  processor: string,
  ids: readonly string[],
): Promise<ReplayedDead> {
  await requireProcessor(context, processor);
  return replay(context, processor, ids);
}

export interface ReplayPlan {
  readonly processor: string;
  readonly dead: number;
  /** Letters that die later are not meant. ms since 1970. */
  readonly until: number;
}

/**
 * Counts what a replay of all would run.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function planReplay(context: Context, processor: string): Promise<ReplayPlan> {
  await requireProcessor(context, processor);
  const failed = keys.queue(processor, "failed");
  const [, newest] = await context.redis.zrevrange(failed, 0, 0, "WITHSCORES");
  const until = Number(newest ?? 0);
  return { processor, dead: await context.redis.zcount(failed, "-inf", until), until };
}

/**
 * Runs every letter of a plan again, oldest first, in chunks. A letter that dies again meanwhile is not run a
 * second time.
 *
 * @param onProgress told after each chunk how many were replayed so far
 * @param chunk letters a chunk
 */
export async function replayPlan(
  context: Context,
  { processor, until }: ReplayPlan,
  onProgress: (replayed: number) => void = () => {},
  chunk = 100,
): Promise<{ readonly replayed: number; readonly notDead: number }> {
  const failed = keys.queue(processor, "failed");
  // Letters that others replay leave the set; one that cannot be replayed stays, and is tried once.
  const notDead = new Set<string>();
  let replayed = 0;
  for (;;) {
    const next = await context.redis.zrangebyscore(failed, "-inf", until, "LIMIT", 0, notDead.size + chunk);
    const ids = next.filter((id) => !notDead.has(id));
    if (ids.length === 0) return { replayed, notDead: notDead.size };
    const done = await replay(context, processor, ids);
    replayed += done.replayed.length;
    for (const id of done.notDead) notDead.add(id);
    onProgress(replayed);
  }
}

async function replay(
  { redis, queues }: Context,
  processor: string,
  ids: readonly string[],
): Promise<ReplayedDead> {
  const replayed: string[] = [];
  const notDead: string[] = [];
  const unique = [...new Set(ids)];
  for (let i = 0; i < unique.length; i += AT_ONCE) {
    const some = unique.slice(i, i + AT_ONCE);
    const ran = await Promise.all(some.map((id) => replayDeadLetter(redis, queues, processor, id)));
    for (const [index, id] of some.entries()) (ran[index] ? replayed : notDead).push(id);
  }
  return { replayed, notDead };
}
