import { keys, type Redis, redisTime } from "@misskeep/redis";
import { SPANS, startOf } from "./spans.ts";

/** An expiring key's place among those that expire, bytes; MEMORY USAGE does not count it. */
const EXPIRY_BYTES = 40;

/** What the figures over time take of Redis' memory, bytes; estimated from the last steps. */
export async function measureSeries(redis: Redis): Promise<number> {
  const now = await redisTime(redis);
  const all = await Promise.all(
    Object.values(SPANS).map(async (steps) => {
      const last = keys.series(steps.step, startOf(steps, now) - steps.stepMs);
      const bytes = await redis.memory("USAGE", last);
      return bytes === null ? 0 : (bytes + EXPIRY_BYTES) * (steps.keptMs / steps.stepMs);
    }),
  );
  return Math.round(all.reduce((sum, bytes) => sum + bytes, 0));
}
