import { fixed, handled, Misconfigured, PermanentError, RetryLater } from "@misskeep/processor";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  aBody,
  aRunnable,
  delayedUntil,
  fieldsOf,
  historyOf,
  hurry,
  openWorld,
  stateOf,
  untilState,
} from "../test-support/world.ts";
import { findPause, resumeProcessor } from "./pause.ts";

test("a PermanentError makes the job dead at once", async () => {
  const world = await openWorld();
  const runs: number[] = [];
  world.start(
    aRunnable(world, {
      handle(_, { attempt }) {
        runs.push(attempt);
        throw new PermanentError("no such channel", { cause: new Error("404") });
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "failed");
  expect(runs).toEqual([1]);
  const [run] = await historyOf(world, id);
  expect(run).toMatchObject({
    end: "dead",
    error: { name: "PermanentError", code: "PERMANENT", message: "no such channel" },
  });
  expect(run?.error?.stack).toContain("Caused by: Error: 404");
  expect((await fieldsOf(world, id))["failedReason"]).toBe("PermanentError: no such channel");
});

test("RetryLater puts the job off by at least a second and spends no attempt", async () => {
  const world = await openWorld();
  const attempts: number[] = [];
  const waits = ["90s", 1, 0] as const;
  world.start(
    aRunnable(world, {
      retry: { attempts: 1 },
      handle(_, { attempt }) {
        const wait = waits[attempts.push(attempt) - 1];
        if (wait === undefined) return handled();
        throw new RetryLater(wait);
      },
    }),
  );
  const before = Date.now();
  const id = await world.add("p");
  for (const [index, least] of [90_000, 1_000, 1_000].entries()) {
    await until(() => world.reports.length > index);
    await untilState(world, id, "delayed");
    expect(world.reports[index]).toMatchObject({ run: { end: "later", attempt: 1 } });
    expect(await delayedUntil(world, id)).toBeGreaterThanOrEqual(before + least);
    expect(world.reports[index]?.delayMs).toBe(least);
    await hurry(world, id);
  }
  await untilState(world, id, "completed");
  expect(attempts).toEqual([1, 1, 1, 1]);
});

test("RetryLater no longer helps once maxAge has passed since the first attempt", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      retry: { maxAge: "10m" },
      handle() {
        throw new RetryLater("6m", "slow down");
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  const first = Number((await fieldsOf(world, id))["mk:first"]);
  await world.redis.hset(`misskeep:{p}:p:${id}`, "mk:first", first - 5 * 60_000);
  await hurry(world, id);
  await untilState(world, id, "failed");
  const history = await historyOf(world, id);
  expect(history.map(({ end }) => end)).toEqual(["later", "dead"]);
  expect(history[1]?.error).toMatchObject({ name: "RetryLater", message: "slow down" });
});

test("Misconfigured pauses the processor in every replica; the job goes back unspent and runs after resume", async () => {
  const world = await openWorld();
  let right = false;
  const attempts: number[] = [];
  const runnable = aRunnable(world, {
    concurrency: 1,
    retry: { attempts: 1 },
    handle(_, { attempt }) {
      attempts.push(attempt);
      if (right) return handled();
      throw new Misconfigured("the webhook was deleted");
    },
  });
  world.start(runnable, { worker: "w1" });
  const first = await world.add("p");
  await until(() => world.reports.length === 1);
  world.start(runnable, { worker: "w2", shared: world.connect("worker") });
  const second = await world.add("p");
  await untilState(world, first, "waiting");
  expect(await findPause(world.redis, world.queues, "p")).toEqual({
    by: "p",
    why: "the webhook was deleted",
    at: 1,
  });
  expect(await historyOf(world, first)).toMatchObject([{ end: "paused", error: { name: "Misconfigured" } }]);
  expect(await fieldsOf(world, first)).not.toHaveProperty("mk:outcome");
  // Any other replica that took it would have reported by the time this processor's jobs are done.
  world.start({ ...runnable, name: "other", run: () => handled() });
  await untilState(world, await world.add("other"), "completed", "other");
  expect(attempts).toEqual([1]);
  expect(await stateOf(world, second)).toBe("waiting");

  right = true;
  expect(await resumeProcessor(world.redis, world.queues, "p")).toBe(true);
  await untilState(world, first, "completed");
  await untilState(world, second, "completed");
  expect(attempts).toEqual([1, 1, 1]);
  expect(await findPause(world.redis, world.queues, "p")).toBeUndefined();
  expect(await resumeProcessor(world.redis, world.queues, "p")).toBe(false);
});

test("other errors are retried after the processor's backoff, and dead after its attempts", async () => {
  const world = await openWorld();
  const failed: number[] = [];
  const attempts: number[] = [];
  world.start(
    aRunnable(world, {
      retry: { attempts: 3, backoff: (count) => (failed.push(count), count * 100_000) },
      handle(_, { attempt }) {
        attempts.push(attempt);
        throw new Error(`fails ${attempt}`);
      },
    }),
  );
  const id = await world.add("p");
  for (const count of [1, 2]) {
    const before = Date.now();
    await until(() => world.reports.length === count);
    await untilState(world, id, "delayed");
    expect(world.reports[count - 1]?.delayMs).toBe(count * 100_000);
    expect(await delayedUntil(world, id)).toBeGreaterThan(before + count * 100_000 - 10_000);
    await hurry(world, id);
  }
  await untilState(world, id, "failed");
  expect(attempts).toEqual([1, 2, 3]);
  expect(failed).toEqual([1, 2]);
  expect((await historyOf(world, id)).map(({ end, error }) => [end, error?.message])).toEqual([
    ["retry", "fails 1"],
    ["retry", "fails 2"],
    ["dead", "fails 3"],
  ]);
});

test("a backoff of nothing runs the job again at once", async () => {
  const world = await openWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      retry: { attempts: 5, backoff: fixed(0) },
      handle() {
        runs += 1;
        throw new Error("fails");
      },
    }),
  );
  await untilState(world, await world.add("p"), "failed");
  expect(runs).toBe(5);
});

test.each([
  [
    "throws",
    () => {
      throw new Error("a bug");
    },
  ],
  ["returns NaN", () => Number.NaN],
  ["returns -1", () => -1],
  ["returns Infinity", () => Infinity],
  ["returns a text", () => "5s" as unknown as number],
  ["returns nothing", () => undefined as unknown as number],
])("a backoff that %s is replaced by the default", async (_, backoff) => {
  const world = await openWorld();
  world.start(aRunnable(world, { retry: { backoff }, handle: () => Promise.reject(new Error("fails")) }));
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  expect(world.reports).toMatchObject([{ run: { end: "retry", error: { message: "fails" } } }]);
  // The default: 5 s, of which 20 % is left to chance.
  expect(world.reports[0]?.delayMs).toBeGreaterThanOrEqual(4_000);
  expect(world.reports[0]?.delayMs).toBeLessThanOrEqual(5_000);
  expect(world.log).toContainEqual(
    expect.objectContaining({ level: "error", message: expect.stringContaining("backoff") }),
  );
});

test("a job that a dispatcher added without any rules follows the processor's", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      retry: { attempts: 2, backoff: fixed("7m") },
      handle: () => Promise.reject(new Error("x")),
    }),
  );
  // Queues know no rules at all: this is what every dispatcher adds.
  const [job] = await world.queues.get("p").addBulk([
    {
      name: "event",
      data: { hook: "default", receivedAt: 1, body: JSON.stringify(aBody()) },
      opts: { jobId: "0-1-1" },
    },
  ]);
  expect(job?.id).toBe("0-1-1");
  await untilState(world, "0-1-1", "delayed");
  expect(world.reports).toMatchObject([{ delayMs: 420_000 }]);
  await hurry(world, "0-1-1");
  await untilState(world, "0-1-1", "failed");
});
