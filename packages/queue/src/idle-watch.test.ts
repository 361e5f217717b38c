import { handled } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { acceptBody, jobIds, startTestDispatcher, subscribe } from "../test-support/inbox.ts";
import {
  aHandler,
  createTestRun,
  deadLetters,
  inState,
  startTestRunner,
  untilRun,
} from "../test-support/runs.ts";
import { wedging } from "../test-support/wedge.ts";
import { aRunnable, openWorld, stateOf, untilState } from "../test-support/world.ts";
import { watchIdle } from "./idle-watch.ts";
import { isJobDue } from "./job-due.ts";

test("a consumer that sits idle with work waiting is replaced, and its work is done", async () => {
  const world = await openWorld();
  const { shared, wedge } = wedging(world);
  const worker = world.start(aRunnable(world, { handle: () => handled() }), { shared, stuckAfterMs: 600 });
  await untilState(world, await world.add("p"), "completed");
  wedge();
  // Ends the wait that is under way; the next one is wedged.
  await untilState(world, await world.add("p"), "completed");
  const ids = [await world.add("p"), await world.add("p"), await world.add("p")];
  for (const id of ids) await untilState(world, id, "completed");
  expect(world.restarts).toEqual(["p"]);
  expect(world.log).toContainEqual(
    expect.objectContaining({
      level: "error",
      message: "a consumer sat idle with work waiting; it is replaced",
    }),
  );
  expect(world.reports.filter(({ run }) => run.end !== "handled")).toEqual([]);
  await worker.stop(0);
});

test("the runs' consumer that sits idle with a run waiting is replaced, and the run is executed", async () => {
  const world = await openWorld();
  const { shared, wedge } = wedging(world);
  const restarts: string[] = [];
  startTestRunner(world, { shared, stuckAfterMs: 600, onRestart: (name) => void restarts.push(name) });
  aHandler(world);
  const replayOne = async (): Promise<unknown> => {
    await deadLetters(world, 1);
    return untilRun(world, await createTestRun(world), inState("done"));
  };
  await replayOne();
  wedge();
  // Ends the wait that is under way; the next one is wedged.
  await replayOne();
  await replayOne();
  expect(restarts).toEqual(["(runs)"]);
});

test("a dispatcher that sits idle with events waiting is replaced, and they are dispatched", async () => {
  const world = await openWorld();
  await subscribe(world, { all: { on: ["*"] } });
  const blocking = world.connect("worker");
  const restarts: string[] = [];
  startTestDispatcher(world, {
    blocking,
    stuckAfterMs: 600,
    onRestart: (name) => void restarts.push(name),
  });
  const dispatchOne = async (): Promise<unknown> => {
    const id = await acceptBody(world);
    return until(async () => (await jobIds(world, "all")).includes(id));
  };
  await dispatchOne();
  blocking.xread = () => new Promise(() => undefined);
  // Ends the wait that is under way; the next one never ends.
  await dispatchOne();
  await dispatchOne();
  expect(restarts).toEqual(["(dispatcher)"]);
  expect(world.log).toContainEqual({
    level: "error",
    fields: { consumer: "(dispatcher)" },
    message: "a consumer sat idle with work waiting; it is replaced",
  });
  // It holds nothing, and goes on by itself.
  await dispatchOne();
  expect(restarts).toHaveLength(1);
});

/** Looks without end, faster than the test changes anything, and with a clock of the test's own. */
async function watching(changes: { lastActive?: () => number } = {}) {
  const world = await openWorld();
  let now = 0;
  let looks = 0;
  let stuck = 0;
  const stop = watchIdle({
    isWorkDue: () => {
      looks += 1;
      return isJobDue(world.redis, (name) => keys.queue("p", name), 30_000);
    },
    lastActive: () => -Infinity,
    onStuck: () => (stuck += 1),
    onError: () => undefined,
    everyMs: 1,
    now: () => now,
    ...changes,
  });
  onTestFinished(stop);
  /** Looks twice at least, then lets time pass and looks again. */
  const lookFor = async (seconds: number): Promise<number> => {
    const sure = async (): Promise<unknown> => {
      const before = looks;
      return until(() => looks >= before + 3, { every: 1 });
    };
    await sure();
    now += seconds * 1_000;
    await sure();
    return stuck;
  };
  return { world, lookFor };
}

test("finds nothing where no work is due, where the queue is paused or its rate limit is used up", async () => {
  const { world, lookFor } = await watching();
  expect(await lookFor(100)).toBe(0);
  const queue = world.queues.get("p");
  await queue.pause();
  await world.add("p");
  expect(await lookFor(100)).toBe(0);
  await world.redis.set(keys.queue("p", "limiter"), 1, "PX", 1_000_000);
  await queue.resume();
  expect(await lookFor(100)).toBe(0);
  await world.redis.del(keys.queue("p", "limiter"));
  expect(await lookFor(29)).toBe(0);
  expect(await lookFor(1)).toBe(1);
});

test("takes a consumer for stuck whose delayed jobs are long due", async () => {
  const { world, lookFor } = await watching();
  const id = await world.add("p");
  const job = await world.queues.get("p").getJob(id);
  await world.redis.lrem(keys.queue("p", "wait"), 1, id);
  const at = Date.now() - 60_000;
  await world.redis.zadd(keys.queue("p", "delayed"), at * 4_096, id);
  expect(job).toBeDefined();
  expect(await stateOf(world, id)).toBe("delayed");
  expect(await lookFor(31)).toBe(1);
});

test("a consumer that runs something, ended something lately or was refused is not stuck", async () => {
  let active = Infinity;
  const { world, lookFor } = await watching({ lastActive: () => active });
  await world.add("p");
  expect(await lookFor(100)).toBe(0);
  // By the test's clock it is 100 s now.
  active = 90_000;
  expect(await lookFor(15)).toBe(0);
  expect(await lookFor(10)).toBe(1);
});
