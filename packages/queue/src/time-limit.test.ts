import { handled, PermanentError } from "@misskeep/processor";
import { until } from "@misskeep/testkit";
import { expect, test, vi } from "vitest";
import { aRunnable, delayedUntil, gate, historyOf, openWorld, untilState } from "../test-support/world.ts";
import { RunHold } from "./run-hold.ts";
import { withTimeLimit } from "./time-limit.ts";

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener("abort", resolve));

test("a handler that takes too long is told by its signal", async () => {
  const world = await openWorld();
  const reasons: unknown[] = [];
  world.start(
    aRunnable(world, {
      timeout: 50,
      async handle(_, { signal }) {
        await aborted(signal);
        reasons.push(signal.reason);
        throw new Error("stopped");
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  expect(reasons).toMatchObject([{ name: "TimedOut", stillRuns: false }]);
  expect(await historyOf(world, id)).toMatchObject([
    { end: "retry", error: { name: "TimedOut", message: "took longer than 0.05 s" } },
  ]);
  expect(world.zombies).toEqual([]);
});

test("what a handler completes within the grace period counts: it took effect", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      timeout: 50,
      async handle(_, { signal }) {
        await aborted(signal);
        return handled("just so");
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "completed");
  expect(world.reports).toMatchObject([{ run: { end: "handled" } }]);
});

test("whatever a handler throws after its signal, its time was up: it is retried", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      timeout: 50,
      async handle(_, { signal }) {
        await aborted(signal);
        throw new PermanentError("the request was aborted");
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  expect(await historyOf(world, id)).toMatchObject([{ error: { name: "TimedOut" } }]);
});

test("a handler that goes on is reported; its next attempt starts no sooner than 30 s later", async () => {
  const world = await openWorld();
  const late = gate();
  world.start(
    aRunnable(world, {
      timeout: 50,
      retry: { backoff: () => 5 },
      async handle() {
        await late.opened;
        return handled();
      },
    }),
    { graceMs: 50 },
  );
  const before = Date.now();
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  expect(world.zombies).toEqual(["p"]);
  expect(await historyOf(world, id)).toMatchObject([{ end: "retry", error: { name: "TimedOut" } }]);
  expect(world.reports[0]?.delayMs).toBe(30_000);
  expect(await delayedUntil(world, id)).toBeGreaterThanOrEqual(before + 30_000);
  late.open();
});

test("a failure of a zombie after its end troubles nobody", async () => {
  const world = await openWorld();
  const late = gate();
  const ended = gate();
  world.start(
    aRunnable(world, {
      timeout: 20,
      async handle() {
        await late.opened.finally(ended.open);
        throw new Error("much later");
      },
    }),
    { graceMs: 20 },
  );
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  late.open();
  // An unhandled rejection would fail the run of these tests.
  await ended.opened;
  expect(world.reports).toHaveLength(1);
});

test("the longest time-outs do not end at once, as a timer of over 24 days would", async () => {
  const world = await openWorld();
  const reply = gate();
  world.start(
    aRunnable(world, {
      timeout: "60d",
      async handle(_, { signal }) {
        await reply.opened;
        if (signal.aborted) throw new Error("too early");
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "active");
  // Another job's time-out passes meanwhile.
  world.start(
    { ...aRunnable(world, { timeout: 20, handle: () => new Promise(() => undefined) }), name: "q" },
    { graceMs: 0 },
  );
  await world.add("q");
  await until(() => world.zombies.includes("q"));
  reply.open();
  await untilState(world, id, "completed");
});

test.each([
  ["returns", () => 1],
  ["fails", () => Promise.reject(new Error("failed"))],
  [
    "fails at once",
    () => {
      throw new Error("failed");
    },
  ],
  ["takes too long", () => new Promise(() => undefined)],
])("nothing waits any longer for a run that %s", async (_, work: () => unknown) => {
  const hold = new RunHold();
  const whenCut = vi.spyOn(hold, "whenCut");
  await Promise.allSettled([withTimeLimit(work, hold, { timeoutMs: 20, graceMs: 0 })]);
  expect(whenCut).toHaveBeenLastCalledWith(undefined);
});

test("a run that must not be waited for any longer ends with the reason", async () => {
  const hold = new RunHold();
  const run = withTimeLimit(() => new Promise(() => undefined), hold, { timeoutMs: 60_000 });
  hold.cut(new Error("the worker stopped"));
  await expect(run).rejects.toThrow("the worker stopped");
});

test.each(["abort", "cut"] as const)("a run does not begin after its %s", async (how) => {
  const hold = new RunHold();
  hold[how](new Error("overtaken"));
  let began = false;
  const run = withTimeLimit(() => (began = true), hold, { timeoutMs: 60_000 });
  await expect(run).rejects.toThrow("overtaken");
  expect(began).toBe(false);
});
