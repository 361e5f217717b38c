import { connectRedis, keys, type Redis, waitUntilReady } from "@misskeep/redis";
import { ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { createCollector } from "./collector.ts";
import { readPoints } from "./read-points.ts";
import { readLatency } from "./read-recent.ts";
import { recordOnce, startRecorder } from "./recorder.ts";
import { emptyRedis } from "./test-support/redis.ts";

const NOTHING = { accepted: 0, duplicates: 0, refused: 0, waiting: 0, dead: 0, memory: 0 };

test("of all workers one samples a step, and all add their figures", async () => {
  const redis = await emptyRedis();
  let samples = 0;
  const sample = (): Promise<typeof NOTHING> => {
    samples += 1;
    return Promise.resolve({ ...NOTHING, waiting: 7 });
  };
  const startedAt = Date.now();
  await Promise.all(
    ["w1", "w2", "w3"].map((worker) => {
      const collector = createCollector();
      collector.count("p", ["handled"], 100);
      return recordOnce({ redis, worker, collector, sample });
    }),
  );
  // A step may have ended between two of them.
  const steps = Math.floor(Date.now() / 10_000) - Math.floor(startedAt / 10_000) + 1;
  expect(samples).toBeGreaterThan(0);
  expect(samples).toBeLessThanOrEqual(steps);
  const points = await readPoints(redis, "hour", Date.now());
  expect(points.filter(({ waiting }) => waiting === 7)).toHaveLength(samples);
  expect(await readLatency(redis, Date.now())).toMatchObject({ count: 3 });
});

test("the next step is sampled again: a claim ends with its step", async () => {
  const redis = await emptyRedis();
  const sample = (): Promise<typeof NOTHING> => Promise.resolve(NOTHING);
  await recordOnce({ redis, worker: "w1", collector: createCollector(), sample });
  const left = await redis.pttl(keys.lock("series"));
  expect(left).toBeLessThanOrEqual(10_000);
  // -1: for ever. -2: it has ended already.
  expect(left).not.toBe(-1);
});

test("it records by itself, and once more when it stops", async () => {
  const redis = await emptyRedis();
  const collector = createCollector();
  const errors: Error[] = [];
  const stop = startRecorder({
    redis,
    worker: "w1",
    collector,
    sample: () => Promise.resolve(NOTHING),
    onError: (error) => void errors.push(error),
  });
  collector.count("p", ["handled"], 100);
  await until(async () => (await readLatency(redis, Date.now()))?.count === 1);
  collector.count("p", ["handled"], 100);
  await stop();
  expect(await readLatency(redis, Date.now())).toMatchObject({ count: 2 });
  expect(errors).toEqual([]);
});

test("while Redis is away it tells of errors, stops all the same, and goes on once Redis is back", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis: Redis = connectRedis({ url: server.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const errors: Error[] = [];
  const collector = createCollector();
  const stop = startRecorder({
    redis,
    worker: "w1",
    collector,
    sample: () => Promise.resolve(NOTHING),
    onError: (error) => void errors.push(error),
  });
  await server.kill();
  await until(() => errors.length > 0);
  await server.restart();
  await waitUntilReady(redis, 10_000);
  await until(async () => {
    collector.count("p", ["handled"], 100);
    return (await readLatency(redis, Date.now()).catch(() => null)) !== null;
  });
  await server.freeze();
  await stop();
  await server.thaw();
});

test("a full Redis takes no figures, and keeps none by half", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = connectRedis({ url: server.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  await redis.config("SET", "maxmemory", "1");
  const collector = createCollector();
  collector.count("p", ["handled"], 100);
  const recording = recordOnce({ redis, worker: "w1", collector, sample: () => Promise.resolve(NOTHING) });
  await expect(recording).rejects.toThrow(/OOM|EXECABORT/);
  expect(await redis.dbsize()).toBe(0);
});
