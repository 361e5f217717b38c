import type { Redis } from "@misskeep/redis";
import { scripts } from "../scripts.ts";
import { derivedKeys, markKeys } from "./index-keys.ts";

/** What people said of a group outlives its last letter by so long, ms: the same failure may come again. */
export const MARKS_KEPT_MS = 30 * 24 * 3_600_000;
const AT_ONCE = 100;

/**
 * Forgets what people said of a processor's groups that have had no letter for 30 days.
 *
 * @param keptMs for tests
 * @returns of how many groups
 */
export async function pruneMarks(redis: Redis, processor: string, keptMs = MARKS_KEPT_MS): Promise<number> {
  const { resolved, muted, gone } = markKeys;
  let forgotten = 0;
  for (const mark of [resolved, muted, gone]) {
    let cursor = "0";
    do {
      const [next, flat] = await redis.hscan(mark(processor), cursor, "COUNT", AT_ONCE);
      const groups = flat.filter((_, i) => i % 2 === 0);
      const places = [resolved(processor), muted(processor), gone(processor), derivedKeys.groups(processor)];
      if (groups.length > 0)
        forgotten += Number(await scripts.pruneGroupMarks.run(redis, places, [keptMs, ...groups]));
      cursor = next;
    } while (cursor !== "0");
  }
  return forgotten;
}
