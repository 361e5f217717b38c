import { handled } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import {
  aRunnable,
  delayedUntil,
  fieldsOf,
  gate,
  historyOf,
  hurry,
  openWorld,
  stateOf,
  untilState,
  type World,
} from "../test-support/world.ts";

/** What a worker leaves that dies while it runs a job. */
function leaveUnended(world: World, id: string, attempt = 1): Promise<number> {
  const run = { attempt, worker: "w-dead", startedAt: 1_000 };
  return world.redis.hset(keys.queue("p", id), "mk:run", JSON.stringify(run), "mk:first", "1000");
}

test("a job whose worker died comes back after a delay, with no attempt spent, and runs", async () => {
  const world = await openWorld();
  const attempts: number[] = [];
  const id = await world.add("p");
  await leaveUnended(world, id);
  const before = Date.now();
  world.start(
    aRunnable(world, {
      handle(_, { attempt }) {
        attempts.push(attempt);
        return handled();
      },
    }),
  );
  await untilState(world, id, "delayed");
  expect(await delayedUntil(world, id)).toBeGreaterThan(before);
  expect(attempts).toEqual([]);
  await hurry(world, id);
  await untilState(world, id, "completed");
  expect(attempts).toEqual([1]);
  expect(await historyOf(world, id)).toMatchObject([
    { attempt: 1, worker: "w-dead", startedAt: 1_000, end: "crashed", error: { code: "WORKER_STOPPED" } },
    { attempt: 1, worker: "w1", end: "handled" },
  ]);
});

test("jobs that were stopped together come back apart", async () => {
  const world = await openWorld();
  const ids = await Promise.all(Array.from({ length: 12 }, () => world.add("p")));
  for (const id of ids) await leaveUnended(world, id);
  world.start(aRunnable(world, { handle: () => handled() }));
  for (const id of ids)
    await untilState(world, id, "delayed").catch(() => untilState(world, id, "completed"));
  const delays = world.reports.filter(({ run }) => run.end === "crashed").map(({ delayMs }) => delayMs);
  expect(new Set(delays).size).toBeGreaterThan(9);
  for (const delay of delays) expect(delay).toBeLessThanOrEqual(2_750);
});

test("a job that was started five times and never ended is dead, though attempts are left", async () => {
  const world = await openWorld();
  let runs = 0;
  const id = await world.add("p");
  await leaveUnended(world, id);
  await world.redis.hset(keys.queue("p", id), "mk:crashes", 3);
  world.start(
    aRunnable(world, {
      handle() {
        runs += 1;
        return handled();
      },
    }),
  );
  await untilState(world, id, "delayed");
  expect(await fieldsOf(world, id)).toMatchObject({ "mk:crashes": "4" });
  await leaveUnended(world, id);
  await hurry(world, id);
  await untilState(world, id, "failed");
  expect(runs).toBe(0);
  expect((await historyOf(world, id)).map(({ end, error }) => [end, error?.message])).toEqual([
    ["crashed", "Its worker stopped before it ended."],
    ["dead", "It stopped its worker five times."],
  ]);
  expect(await fieldsOf(world, id)).toMatchObject({ "mk:crashes": "5" });
});

test("a job whose worker died after its outcome was recorded is completed, not run", async () => {
  const world = await openWorld();
  let runs = 0;
  const id = await world.add("p");
  await world.redis.hset(keys.queue("p", id), "mk:outcome", '{"type":"handled","detail":"n1"}');
  world.start(
    aRunnable(world, {
      handle() {
        runs += 1;
        return handled();
      },
    }),
  );
  await untilState(world, id, "completed");
  expect(runs).toBe(0);
  expect((await fieldsOf(world, id))["returnvalue"]).toBe('{"type":"handled","detail":"n1"}');
  expect(world.reports).toEqual([]);
});

test("a job whose worker died after its death was recorded is dead, not run", async () => {
  const world = await openWorld();
  const id = await world.add("p");
  const end = { type: "dead", error: { name: "Error", message: "no" } };
  await world.redis.hset(keys.queue("p", id), "mk:outcome", JSON.stringify(end));
  world.start(aRunnable(world, { handle: () => handled() }));
  await untilState(world, id, "failed");
  expect(await stateOf(world, id)).toBe("failed");
});

test("the job of a worker that is cut off from Redis runs in another one", async () => {
  const world = await openWorld();
  const id = await world.add("p");
  const lost = world.connect("worker");
  const started = gate();
  world.start(
    aRunnable(world, {
      handle() {
        started.open();
        return new Promise(() => undefined);
      },
    }),
    { worker: "cut-off", shared: lost, lockMs: 500 },
  );
  await started.opened;
  lost.disconnect();
  world.start(aRunnable(world, { handle: () => handled() }), { worker: "other", lockMs: 500 });
  await hurry(world, id);
  await untilState(world, id, "completed");
  expect((await historyOf(world, id)).map(({ worker, end }) => [worker, end])).toEqual([
    ["cut-off", "crashed"],
    ["other", "handled"],
  ]);
});
