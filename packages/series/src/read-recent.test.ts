import { expect, test } from "vitest";
import { readDeaths, readLatency, readProcessorFigures, readRates } from "./read-recent.ts";
import { SPANS, startOf } from "./spans.ts";
import { emptyRedis, figures, sample } from "./test-support/redis.ts";

const MINUTE = 60_000;
/** Half a minute into a minute. */
const NOW = startOf({ stepMs: MINUTE }, Date.now()) + 30_000;

test("a processor's figures are its own, a minute, over 5 minutes and the one under way", async () => {
  const redis = await emptyRedis();
  await figures(redis, NOW, "p", { ignored: 5, failed: 11 }, [100]);
  await figures(redis, NOW - 5 * MINUTE, "p", { handled: 5 });
  await figures(redis, NOW - 6 * MINUTE, "p", { handled: 1_000 }, [9_000]);
  await figures(redis, NOW, "q", { handled: 1 }, [5_000]);
  const found = await readProcessorFigures(redis, ["p", "q", "none"], NOW);
  expect(found.get("p")).toMatchObject({ perMinute: 2, failedPerMinute: 2 });
  expect(found.get("p")?.p95Ms).toBeGreaterThan(90);
  expect(found.get("p")?.p95Ms).toBeLessThan(110);
  expect(found.get("q")?.p95Ms).toBeGreaterThan(4_500);
  expect(found.has("none")).toBe(false);
});

test("rates are those of the last minute", async () => {
  const redis = await emptyRedis();
  const end = startOf(SPANS.hour, NOW);
  expect(await readRates(redis, NOW)).toBeNull();
  await sample(redis, end - 1, { accepted: 700, duplicates: 60, refused: 6 });
  expect(await readRates(redis, NOW)).toBeNull();
  await sample(redis, end - MINUTE - 1, { accepted: 100, duplicates: 0, refused: 0 });
  await sample(redis, end - 80_001, { accepted: 0 });
  expect(await readRates(redis, NOW)).toEqual({ accepted: 10, duplicates: 1, refused: 0.1 });
});

test("rates that nobody has recorded for half a minute are not told as if they were now's", async () => {
  const redis = await emptyRedis();
  await sample(redis, NOW - 45_000, { accepted: 700 });
  await sample(redis, NOW - 55_000, { accepted: 100 });
  expect(await readRates(redis, NOW)).toBeNull();
});

test("a Redis that was emptied has no negative rates", async () => {
  const redis = await emptyRedis();
  const end = startOf(SPANS.hour, NOW);
  await sample(redis, end - 1, { accepted: 1 });
  await sample(redis, end - 10_001, { accepted: 5_000 });
  expect(await readRates(redis, NOW)).toMatchObject({ accepted: 0 });
});

test("latency is that of the last 5 minutes, of all processors", async () => {
  const redis = await emptyRedis();
  expect(await readLatency(redis, NOW)).toBeNull();
  await figures(redis, NOW - 4 * MINUTE, "p", {}, Array<number>(98).fill(50));
  await figures(redis, NOW, "q", {}, [60_000, 60_000]);
  await figures(redis, NOW - 6 * MINUTE, "p", {}, [9_000, 9_000]);
  const found = await readLatency(redis, NOW);
  expect(found).toMatchObject({ count: 100 });
  expect(found?.p95).toBeLessThan(60);
  expect(found?.p99).toBeGreaterThan(50_000);
});

test("deaths of this hour and of the one before are told apart", async () => {
  const redis = await emptyRedis();
  await figures(redis, NOW, "p", { died: 1 });
  await figures(redis, NOW - 50 * MINUTE, "p", { died: 2 });
  await figures(redis, NOW - 80 * MINUTE, "p", { died: 4 });
  await figures(redis, NOW - 130 * MINUTE, "p", { died: 8 });
  expect(await readDeaths(redis, NOW)).toEqual({ lastHour: 3, hourBefore: 4 });
});
