import type { Redis } from "ioredis";

/** Redis' clock, ms since 1970: the one that all replicas share. */
export async function redisTime(redis: Redis): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
}
