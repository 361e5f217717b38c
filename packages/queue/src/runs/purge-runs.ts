import { keys, type Redis } from "@misskeep/redis";
import { RUN_KEPT_MS } from "./change-state.ts";
import { itemKeys } from "./item-states.ts";
import { readMember } from "./run-member.ts";
import { readRun } from "./stored-run.ts";

const AT_ONCE = 500;

/**
 * Removes runs that ended long ago, with what became of their jobs.
 *
 * @param now ms since 1970
 */
export async function purgeRuns(redis: Redis, now: number): Promise<void> {
  const before = now - RUN_KEPT_MS;
  const old = await redis.zrangebyscore(keys.runs, "-inf", before, "LIMIT", 0, AT_ONCE);
  for (const member of old) {
    const { processor, run: id } = readMember(member);
    const run = await readRun(redis, processor, id);
    // It was created long ago, and goes on or has ended lately.
    if (run && (run.endedAt === null || run.endedAt > before)) continue;
    await redis.unlink(keys.run(processor, id), ...itemKeys(processor, id));
    await redis.zrem(keys.runs, member);
  }
}
