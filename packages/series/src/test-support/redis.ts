import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import { createCollector } from "../collector.ts";
import { addFigures, addSample } from "../record.ts";
import type { RunCount, Sample } from "../slot.ts";

/** An empty Redis for one test. */
export async function emptyRedis(): Promise<Redis> {
  const redis = connectRedis({ url: await freshRedisUrl(), role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

export async function figures(
  redis: Redis,
  at: number,
  processor: string,
  counts: Partial<Record<RunCount, number>>,
  latencies: readonly number[] = [],
): Promise<void> {
  const collector = createCollector();
  for (const [what, count] of Object.entries(counts))
    for (let i = 0; i < count; i += 1) collector.count(processor, [what as RunCount]);
  for (const ms of latencies) collector.count(processor, ["handled"], ms);
  await addFigures(redis, at, collector.take());
}

export async function sample(redis: Redis, at: number, parts: Partial<Sample> = {}): Promise<void> {
  const nothing = { accepted: 0, duplicates: 0, refused: 0, waiting: 0, dead: 0, memory: 0 };
  await addSample(redis, at, { at, ...nothing, ...parts });
}
