import { handled } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { describe, expect, test, vi } from "vitest";
import {
  aHandler,
  createTestRun,
  deadLetters,
  inState,
  replaysOf,
  showTestRun,
  startTestRunner,
  untilNoticed,
  untilRun,
} from "../../test-support/runs.ts";
import { aRunnable, gate, openWorld } from "../../test-support/world.ts";
import { cancelRun, changeState, pauseRun, resumeRun } from "./change-state.ts";
import { watchRuns } from "./start-runner.ts";

vi.setConfig({ testTimeout: 60_000 });

const NEVER = 2 ** 31 - 1;

test("a run that is resumed in the very moment in which its worker lets it go goes on at once", async () => {
  const world = await openWorld();
  await deadLetters(world, 3);
  world.start(aRunnable(world, { handle: () => handled() }));
  const id = await createTestRun(world);
  await pauseRun(world.redis, "p", id, "");
  let resumed = false;
  /** Resumes the run right after the worker has seen that it is paused. */
  const redis = new Proxy(world.redis, {
    get(target, name) {
      if (name !== "hgetall") return Reflect.get(target, name, target) as unknown;
      return async (key: string) => {
        const fields = await target.hgetall(key);
        if (key === keys.run("p", id) && fields["state"] === "paused" && !resumed) {
          resumed = true;
          await resumeRun(target, "p", id);
        }
        return fields;
      };
    },
  });
  startTestRunner(world, { redis, watchEveryMs: NEVER });
  await untilRun(world, id, inState("done"));
  expect(resumed).toBe(true);
});

test("a run whose guard had nothing left to decide about ends", async () => {
  const world = await openWorld();
  const id = await createTestRun(world, { guard: { first: 1, maxFailed: 0 } });
  await world.redis.hset(keys.run("p", id), "selected", "1");
  await changeState(world.redis, "p", id, { to: "trying" });
  startTestRunner(world, { watchEveryMs: NEVER });
  await untilRun(world, id, inState("done"));
});

test("runs that wait for processors without workers keep no other one from going on", async () => {
  const world = await openWorld();
  const waiting = Array.from({ length: 12 }, (_, i) => `idle-${i}`);
  for (const processor of waiting) {
    await deadLetters(world, 1, processor);
    await createTestRun(world, { scope: { kind: "replay", filter: { processor } } });
  }
  startTestRunner(world, { watchEveryMs: NEVER });
  await deadLetters(world, 3);
  world.start(aRunnable(world, { handle: () => handled() }));
  const id = await createTestRun(world);
  await untilRun(world, id, inState("done"));
});

test("how long an ended run is kept does not hang on the clock of the worker that ends it", async () => {
  const world = await openWorld();
  vi.useFakeTimers({ now: Date.now() - 30 * 86_400_000, toFake: ["Date"] });
  try {
    const id = await createTestRun(world);
    await changeState(world.redis, "p", id, { to: "cancelled" });
    vi.setSystemTime(Date.now() + 60 * 86_400_000);
    await watchRuns(world.redis);
    expect(await world.redis.hget(keys.run("p", id), "state")).toBe("cancelled");
  } finally {
    vi.useRealTimers();
  }
});

describe("a person", () => {
  test("pauses a run: nothing more is replayed; resumed, it does the rest", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 200);
    const opened = gate();
    const got: string[] = [];
    world.start(
      aRunnable(world, {
        async handle(event) {
          got.push(event.id);
          await opened.opened;
          return handled();
        },
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world);
    await until(() => got.length > 0);
    await pauseRun(world.redis, "p", id, "by mio: wait");
    const before = (await replaysOf(world, ids)).filter((count) => count > 0).length;
    expect(before).toBeLessThan(200);
    await untilNoticed(world, id);
    expect(await showTestRun(world, id)).toMatchObject({ state: "paused", stateWhy: "by mio: wait" });
    expect((await replaysOf(world, ids)).filter((count) => count > 0)).toHaveLength(before);
    opened.open();
    await resumeRun(world.redis, "p", id);
    await untilRun(world, id, inState("done"));
    expect(new Set(await replaysOf(world, ids))).toEqual(new Set([1]));
  });

  test("cancels a run: the rest stays dead, and another run may begin", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 50);
    aHandler(world);
    startTestRunner(world);
    const id = await createTestRun(world, { ratePerSecond: 0.001 });
    await untilRun(world, id, (run) => run.done === 1);
    await cancelRun(world.redis, "p", id, "by mio");
    const run = await showTestRun(world, id);
    expect(run).toMatchObject({ state: "cancelled", done: 1, total: 50, endedAt: expect.any(Number) });
    expect(await world.redis.zcard(keys.queue("p", "failed"))).toBe(49);
    const next = await createTestRun(world);
    await untilRun(world, next, inState("done"));
    expect(new Set(await replaysOf(world, ids))).toEqual(new Set([1]));
    // Its figures are kept for a while, and not for ever.
    for (const key of await world.redis.keys(keys.run("p", `${id}*`)))
      expect(await world.redis.pttl(key), key).toBeGreaterThan(0);
  });

  test("cannot change a run that has ended", async () => {
    const world = await openWorld();
    await deadLetters(world, 1);
    aHandler(world);
    startTestRunner(world);
    const id = await createTestRun(world);
    await untilRun(world, id, inState("done"));
    for (const change of [pauseRun, resumeRun, cancelRun])
      expect(await change(world.redis, "p", id, "")).toEqual({ changed: false, state: "done" });
  });

  test("starts one run a processor: of many at the same moment one is created, and the others name it", async () => {
    const world = await openWorld();
    await deadLetters(world, 1);
    const begin = () => createTestRun(world).catch((error: Error) => error.message);
    const results = await Promise.all(Array.from({ length: 20 }, begin));
    const created = results.filter((result) => !result.includes(" "));
    expect(created).toHaveLength(1);
    expect(new Set(results)).toEqual(new Set([created[0], `Run ${created[0]} is under way.`]));
    expect(await world.redis.zrange(keys.runs, "0", "-1")).toEqual([`p/${created[0]}`]);
  });
});
