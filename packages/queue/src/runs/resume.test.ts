import { handled } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import { expect, test, vi } from "vitest";
import { createTestRun, deadLetters, inState, startTestRunner, untilRun } from "../../test-support/runs.ts";
import { aRunnable, openWorld } from "../../test-support/world.ts";
import { changeState, pauseRun, resumeRun } from "./change-state.ts";
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
  }) as Redis;
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
