import { parseInfo, type Redis } from "@misskeep/redis";

/** Starts to note every call that keeps Redis busy for over 0.5 ms, and forgets what was noted. */
export async function startSlowLog(redis: Redis): Promise<void> {
  await redis.config("SET", "slowlog-log-slower-than", "500");
  await redis.config("SET", "slowlog-max-len", "10000");
  await redis.slowlog("RESET");
  await redis.config("RESETSTAT");
}

/**
 * The call that took longest since then, and how many took over 10 ms. One alone says little: SLOWLOG counts what the
 * machine gave to other processes meanwhile.
 */
export async function slowest(redis: Redis): Promise<string> {
  const entries = (await redis.slowlog("GET", 10_000)) as [number, number, number, string[]][];
  const [worst] = entries.toSorted((a, b) => b[2] - a[2]);
  if (!worst) return "none took 0.5 ms";
  const call = worst[3].slice(0, 3).join(" ").slice(0, 80);
  const over = entries.filter(([, , microseconds]) => microseconds > 10_000).length;
  const stats = parseInfo(await redis.info("commandstats"));
  const calls = [...stats.values()].reduce(
    (sum, text) => sum + Number(/calls=(\d+)/.exec(text)?.[1] ?? 0),
    0,
  );
  return `${(worst[2] / 1_000).toFixed(2)} ms, ${call} (${over} of ${calls} calls took over 10 ms)`;
}
