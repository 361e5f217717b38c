/**
 * What Redis does of its own now and then, let pass before it is measured: otherwise one figure holds it and the other
 * does not.
 */
import { until } from "@misskeep/testkit";
import type { RunRedis } from "../host/redis.ts";

const WRITTEN_MS = 300_000;
/** Of one script: some 50 ms. */
const CHUNK = 100_000;

/** Redis rewrites its append-only file when that has doubled; meanwhile each page that it touches is copied. */
async function untilWritten({ client }: RunRedis): Promise<void> {
  const isWritten = async (): Promise<boolean> =>
    (await client.info("persistence")).includes("aof_rewrite_in_progress:0");
  await until(isWritten, { timeout: WRITTEN_MS, every: 200 });
}

/**
 * Redis doubles its table of keys at each power of two, and each command after that moves some keys over, but not while
 * the file is rewritten: beyond 2^20 every event of the next hundred thousands cost 9 µs more (measured with Redis
 * 7.0.15).
 *
 * @param keys so many are to come
 */
export async function settle(redis: RunRedis, keys: number): Promise<void> {
  await untilWritten(redis);
  const { client } = redis;
  const each = async (count: number, command: string): Promise<void> => {
    const script = `for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do ${command} end`;
    for (let from = 1; from <= count; from += CHUNK)
      await client.eval(script, 0, from, Math.min(from + CHUNK - 1, count));
  };
  await each(keys, "redis.call('SET', 'bench:to-come:' .. i, '')");
  await each(2 * (await client.dbsize()), "redis.call('EXISTS', 'bench:to-come:' .. i)");
  await each(keys, "redis.call('DEL', 'bench:to-come:' .. i)");
  await untilWritten(redis);
}
