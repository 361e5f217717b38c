import { type Redis, redisTime } from "@misskeep/redis";
import { SCORES_PER_MS } from "./delayed-score.ts";

/**
 * Whether a queue holds a job that a worker could run now: not while the queue is paused, or its rate limit used up.
 * A few cheap reads, whatever lies there.
 *
 * @param key names a key of the queue, such as `wait`
 * @param lateMs a delayed job counts once it is due for so long: nobody but a worker moves it on
 */
export async function isJobDue(
  redis: Redis,
  key: (name: string) => string,
  lateMs: number,
): Promise<boolean> {
  const late = ((await redisTime(redis)) - lateMs) * SCORES_PER_MS;
  const replies = await redis
    .pipeline()
    .llen(key("wait"))
    .zcard(key("prioritized"))
    .zcount(key("delayed"), 0, late)
    .hexists(key("meta"), "paused")
    .pttl(key("limiter"))
    .exec();
  const [waiting = 0, prioritized = 0, delayed = 0, paused = 0, limited = -2] = (replies ?? []).map(
    ([error, reply]) => {
      if (error) throw error;
      return Number(reply);
    },
  );
  return waiting + prioritized + delayed > 0 && paused === 0 && limited <= 0;
}
