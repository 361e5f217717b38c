import type { Redis } from "@misskeep/redis";

/** Starts to note every call that keeps Redis busy for over 0.5 ms, and forgets what was noted. */
export async function startSlowLog(redis: Redis): Promise<void> {
  await redis.config("SET", "slowlog-log-slower-than", "500");
  await redis.config("SET", "slowlog-max-len", "10000");
  await redis.slowlog("RESET");
}

/** The call that took longest since then. @returns undefined if none took 0.5 ms */
export async function slowest(
  redis: Redis,
): Promise<{ readonly ms: number; readonly call: string } | undefined> {
  const entries = (await redis.slowlog("GET", 10_000)) as [number, number, number, string[]][];
  const [worst] = entries.toSorted((a, b) => b[2] - a[2]);
  return worst && { ms: worst[2] / 1_000, call: worst[3].slice(0, 3).join(" ").slice(0, 80) };
}
