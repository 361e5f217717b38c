import { recordRefusals } from "@misskeep/inbox";
import { keepBeating, type WorkerDetails } from "@misskeep/queue";
import { keys, type Redis } from "@misskeep/redis";
import { exampleBody } from "@misskeep/schema";
import { createCollector, startRecorder } from "@misskeep/series";
import { until } from "@misskeep/testkit";
import { describe, expect, test } from "vitest";
import { deploy, killer } from "../test-support/deployment.ts";
import { listOff } from "./list-off.ts";
import { listProcessors } from "./list-processors.ts";
import { overview } from "./overview.ts";
import { readSeries } from "./read-series.ts";

/** Writes how things stood at the end of steps that are over, as a worker does. */
async function sample(redis: Redis, stepsAgo: number, accepted: number): Promise<void> {
  const start = (Math.floor(Date.now() / 10_000) - stepsAgo) * 10_000;
  const fields = { at: start + 10_000, accepted, duplicates: 0, refused: 0, waiting: 0, dead: 0, memory: 0 };
  await redis.hset(keys.series("10s", start), fields);
}

describe("overview", () => {
  test("is the status and what happens now, as plain JSON", async () => {
    const { context, receive, start } = await deploy();
    const { redis } = context;
    await start([killer("mail")]);
    await receive(exampleBody("note"));
    await until(async () => (await listProcessors(context)).find(({ name }) => name === "mail")?.dead === 1);
    await redis.set(keys.activeRun("mail"), "r1");
    // Two steps more than a minute's, should a boundary pass meanwhile.
    for (let stepsAgo = 1; stepsAgo <= 9; stepsAgo += 1) await sample(redis, stepsAgo, 1_000 - stepsAgo * 50);
    const found = await overview(context);
    expect(found).toMatchObject({
      at: expect.any(Number),
      rates: { accepted: 5, duplicates: 0, refused: 0 },
      latency: null,
      dead: { total: 1, lastHour: 0, hourBefore: 0 },
      runs: 1,
      lastEvent: { type: "note" },
    });
    expect(found.memory.used).toBe(found.redis.usedMemory);
    expect(found.memory.owners.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["inbox", "dead", "keys", "series", "rest"]),
    );
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test("of a new deployment says that nothing is known yet", async () => {
    const { context } = await deploy();
    expect(await overview(context)).toMatchObject({
      rates: null,
      latency: null,
      dead: { total: 0, lastHour: 0, hourBefore: 0 },
      runs: 0,
    });
  });
});

describe("readSeries", () => {
  test("shows what a worker records", async () => {
    const { context } = await deploy();
    await recordRefusals(context.redis, [], new Map([["wrong-secret", 3]]));
    const nothing = { accepted: 1, duplicates: 0, refused: 3, waiting: 5, dead: 0, memory: 7 };
    const stop = startRecorder({
      redis: context.redis,
      worker: "w1",
      collector: createCollector(),
      sample: () => Promise.resolve(nothing),
      onError: () => {},
    });
    await stop();
    for (const span of ["hour", "day"] as const) {
      const found = await until(async () => {
        const series = await readSeries(context, span);
        // The day's step is not over before the five minutes are.
        return span === "day" || series.points.some(({ waiting }) => waiting === 5) ? series : undefined;
      });
      expect(found).toMatchObject({ span, stepMs: span === "hour" ? 10_000 : 300_000 });
      expect(found.points).toHaveLength(span === "hour" ? 360 : 288);
    }
  });
});

const details = (why: string, attempts: number): WorkerDetails => ({
  off: [
    { name: "relay", why, partly: false, settings: [] },
    { name: "bridge", why: "not in WORKER_PROCESSORS", partly: true, settings: [] },
  ],
  rules: {
    mail: {
      attempts,
      backoffMs: [5_000],
      maxAgeMs: 1,
      timeoutMs: 2,
      concurrency: 3,
      rateLimit: null,
      settings: [],
    },
  },
});

describe("what workers say of processors", () => {
  test("the rules are those of the worker that started last, and stay while all are away", async () => {
    const { context } = await deploy();
    const wishes = new Map([["mail", { on: ["*"] }]]);
    const signOffs = [];
    for (const [id, startedAt, attempts] of [
      ["new", 2, 20],
      ["old", 1, 3],
    ] as const) {
      const about = { host: id, pid: 1, version: "1" };
      const worker = { id, startedAt, about, details: details("x", attempts) };
      signOffs.push(await keepBeating(context.redis, worker, wishes, () => {}));
    }
    const mail = async () => (await listProcessors(context)).find(({ name }) => name === "mail");
    expect(await mail()).toMatchObject({
      workers: 2,
      rules: { attempts: 20, backoffMs: [5_000] },
      perMinute: 0,
      failedPerMinute: 0,
      p95Ms: null,
    });
    for (const signOff of signOffs) await signOff();
    expect(await mail()).toMatchObject({ workers: 0, rules: { attempts: 20 }, perMinute: null });
    await context.redis.del(keys.workers);
    expect(await mail()).toMatchObject({ rules: null });
  });

  test("off is what no live worker runs, each reason with how many say it, the wanted ones first", async () => {
    const { context } = await deploy();
    const signOffs = [];
    for (const [id, why] of [
      ["w1", "a"],
      ["w2", "a"],
      ["w3", "b"],
    ] as const) {
      const worker = {
        id,
        startedAt: 1,
        about: { host: id, pid: 1, version: "1" },
        details: details(why, 1),
      };
      signOffs.push(await keepBeating(context.redis, worker, new Map(), () => {}));
    }
    const bridge = { name: "bridge", why: "not in WORKER_PROCESSORS", partly: true };
    expect(await listOff(context)).toEqual([
      { ...bridge, workers: 3 },
      { name: "relay", why: "a", partly: false, workers: 2 },
      { name: "relay", why: "b", partly: false, workers: 1 },
    ]);
    const running = { id: "w4", startedAt: 1, about: { host: "w4", pid: 1, version: "1" } };
    await keepBeating(context.redis, running, new Map([["relay", { on: ["*"] }]]), () => {}).then((signOff) =>
      signOffs.push(signOff),
    );
    expect(await listOff(context)).toEqual([{ ...bridge, workers: 3 }]);
    for (const signOff of signOffs) await signOff();
    expect(await listOff(context)).toEqual([]);
  });
});
