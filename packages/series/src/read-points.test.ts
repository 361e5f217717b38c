import { expect, test } from "vitest";
import { readPoints } from "./read-points.ts";
import { SPANS, startOf } from "./spans.ts";
import { emptyRedis, figures, sample } from "./test-support/redis.ts";

/** The boundary between steps of the hour that lies nearest before now. */
const HERE = startOf(SPANS.hour, Date.now());
const STEP = SPANS.hour.stepMs;
/** The start of the step that ended so many steps ago. */
const ago = (steps: number): number => HERE - steps * STEP;

test("an hour is 360 steps of 10 s that are over, a day 288 of 5 minutes, without gaps", async () => {
  const redis = await emptyRedis();
  for (const [span, steps, stepMs] of [
    ["hour", 360, 10_000],
    ["day", 288, 300_000],
  ] as const) {
    const points = await readPoints(redis, span, HERE + 1);
    expect(points).toHaveLength(steps);
    expect(points.at(-1)?.at).toBe(startOf({ stepMs }, HERE + 1) - stepMs);
    for (const [index, { at }] of points.entries())
      expect(at - (points[index - 1]?.at ?? at - stepMs)).toBe(stepMs);
    expect(
      points.every(({ accepted, handled, p50, waiting }) => (accepted ?? handled ?? p50 ?? waiting) === null),
    ).toBe(true);
  }
});

test("what came within a step is the difference to the one before, whatever came before both", async () => {
  const redis = await emptyRedis();
  await sample(redis, ago(3), {
    accepted: 1_000,
    duplicates: 10,
    refused: 5,
    waiting: 7,
    dead: 3,
    memory: 100,
  });
  await sample(redis, ago(2), {
    accepted: 1_030,
    duplicates: 11,
    refused: 5,
    waiting: 2,
    dead: 4,
    memory: 200,
  });
  const points = await readPoints(redis, "hour", HERE, 3);
  expect(points).toMatchObject([
    { accepted: null, duplicates: null, refused: null, waiting: 7, dead: 3, memory: 100 },
    { accepted: 30, duplicates: 1, refused: 0, waiting: 2, dead: 4, memory: 200 },
    { accepted: null, waiting: null },
  ]);
});

test("nothing is made up for a gap, nor for counts that went back: Redis was emptied meanwhile", async () => {
  const redis = await emptyRedis();
  await sample(redis, ago(5), { accepted: 1_000 });
  await sample(redis, ago(3), { accepted: 5_000 });
  await sample(redis, ago(2), { accepted: 4 });
  await sample(redis, ago(1), { accepted: 6 });
  const points = await readPoints(redis, "hour", HERE, 5);
  expect(points.map(({ accepted }) => accepted)).toEqual([null, null, null, null, 2]);
});

test("the figures of all processors are one, and a step in which nothing ran says 0 where somebody recorded", async () => {
  const redis = await emptyRedis();
  await figures(redis, ago(2) + 1, "p", { handled: 2, failed: 1, died: 1 }, [100, 200]);
  await figures(redis, ago(2) + STEP - 1, "q", { ignored: 5, failed: 3 });
  await sample(redis, ago(1));
  const points = await readPoints(redis, "hour", HERE, 3);
  expect(points).toMatchObject([
    { handled: null, failed: null, died: null, p50: null },
    { handled: 4, failed: 4, died: 1 },
    { handled: 0, failed: 0, died: 0, p50: null },
  ]);
  expect(points[1]?.p50).toBeGreaterThan(90);
  expect(points[1]?.p99).toBeLessThan(220);
});

test("the day's step adds up what the hour's steps within it hold, and ends as the last of them does", async () => {
  const redis = await emptyRedis();
  const day = startOf(SPANS.day, HERE) - SPANS.day.stepMs;
  for (let i = 0; i < 30; i += 1) {
    await figures(redis, day + i * STEP, "p", { handled: 1 });
    await sample(redis, day + (i + 1) * STEP - 1, { waiting: i, accepted: i });
  }
  expect((await readPoints(redis, "day", HERE)).at(-1)).toMatchObject({ at: day, handled: 30, waiting: 29 });
});

test("the space is fixed: every key that is written expires, soon after its span is over", async () => {
  const redis = await emptyRedis();
  for (let steps = 1; steps <= 400; steps += 20) {
    await figures(redis, ago(steps), "p", { handled: 1 }, [5]);
    await sample(redis, ago(steps) + 1);
  }
  const names = await redis.keys("*");
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const seconds = await redis.ttl(name);
    expect(seconds, name).toBeGreaterThan(0);
    expect(seconds, name).toBeLessThanOrEqual((name.includes(":5m:") ? 25 * 60 + 5 : 66) * 60);
    expect(await redis.object("ENCODING", name)).toBe("listpack");
  }
  // What is older than its span would have expired already: it is not there at all.
  await figures(redis, HERE - 66 * 60_000, "p", { handled: 1 });
  expect(await redis.exists(`misskeep:{0}:series:10s:${startOf(SPANS.hour, HERE - 66 * 60_000)}`)).toBe(0);
});
