import { handled } from "@misskeep/processor";
import { ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import {
  aRunnable,
  fieldsOf,
  gate,
  historyOf,
  openWorld,
  stateOf,
  untilState,
} from "../test-support/world.ts";

const forEver = (): Promise<never> => new Promise(() => undefined);

test("a worker that stops takes no more jobs and lets those finish that run", async () => {
  const world = await openWorld();
  const running = gate();
  const worker = world.start(
    aRunnable(world, {
      concurrency: 1,
      async handle() {
        await running.opened;
        return handled();
      },
    }),
  );
  const first = await world.add("p");
  await untilState(world, first, "active");
  const second = await world.add("p");
  const stopped = worker.stop(60_000);
  running.open();
  await stopped;
  expect(await stateOf(world, first)).toBe("completed");
  expect(await stateOf(world, second)).toBe("waiting");
  expect(await fieldsOf(world, second)).not.toHaveProperty("mk:run");
  expect(worker.running()).toBe(0);
});

test("the job of a handler that is deaf to its signal is handed back: unspent, no crash, and its history says so", async () => {
  const world = await openWorld();
  const started = gate();
  const worker = world.start(aRunnable(world, { handle: () => (started.open(), forEver()) }));
  const id = await world.add("p");
  await started.opened;
  await worker.stop(0);
  expect(await stateOf(world, id)).toBe("waiting");
  expect(await historyOf(world, id)).toMatchObject([
    { attempt: 1, end: "handed-back", error: { code: "HANDED_BACK" } },
  ]);
  const fields = await fieldsOf(world, id);
  for (const field of ["mk:run", "mk:crashes", "mk:outcome", "atm"]) expect(fields).not.toHaveProperty(field);

  const attempts: number[] = [];
  world.start(aRunnable(world, { handle: (_, { attempt }) => (attempts.push(attempt), handled()) }), {
    worker: "w2",
  });
  await untilState(world, id, "completed");
  expect(attempts).toEqual([1]);
  expect((await historyOf(world, id)).map(({ end }) => end)).toEqual(["handed-back", "handled"]);
});

test("a handler that fails since the worker stops has its job handed back", async () => {
  const world = await openWorld();
  const started = gate();
  const worker = world.start(
    aRunnable(world, {
      retry: { attempts: 1 },
      async handle(_, { signal }) {
        started.open();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        throw new Error("aborted");
      },
    }),
  );
  const id = await world.add("p");
  await started.opened;
  await worker.stop(0);
  expect(await stateOf(world, id)).toBe("waiting");
  expect(await historyOf(world, id)).toMatchObject([{ end: "handed-back" }]);
});

test("what a handler completes when told that the worker stops counts", async () => {
  const world = await openWorld();
  const started = gate();
  const worker = world.start(
    aRunnable(world, {
      async handle(_, { signal }) {
        started.open();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await started.opened;
  await worker.stop(0);
  expect(await stateOf(world, id)).toBe("completed");
});

test("a job that is taken in the moment of a stop goes back without having run", async () => {
  const world = await openWorld();
  const begins = gate();
  const redis = world.connect("command");
  const send = redis.call.bind(redis) as (...args: unknown[]) => Promise<unknown>;
  redis.call = async (...args: unknown[]) => begins.opened.then(() => send(...args));
  let runs = 0;
  const worker = world.start(aRunnable(world, { handle: () => ((runs += 1), handled()) }), { redis });
  const id = await world.add("p");
  await untilState(world, id, "active");
  const stopped = worker.stop(0);
  // Its own timer of 0 ms comes before this one.
  setTimeout(begins.open, 50);
  await stopped;
  expect(await stateOf(world, id)).toBe("waiting");
  expect(runs).toBe(0);
  // Taken just before the stop its run began, and was handed back; just after it none begins.
  for (const { end } of await historyOf(world, id)) expect(end).toBe("handed-back");
  expect(await fieldsOf(world, id)).not.toHaveProperty("mk:run");
});

test("a worker stops in time although Redis is away", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.url);
  const idle = world.start(aRunnable(world, { name: "idle", handle: () => handled() }));
  const busy = world.start(aRunnable(world, { handle: forEver }));
  const id = await world.add("p");
  await untilState(world, id, "active");
  await server.kill();
  await Promise.all([idle.stop(0), busy.stop(0)]);
  await world.queues.close();
});

test("no more jobs run at once than the processor's concurrency", async () => {
  const world = await openWorld();
  const running = gate();
  let now = 0;
  let most = 0;
  const worker = world.start(
    aRunnable(world, {
      concurrency: 3,
      async handle() {
        most = Math.max(most, (now += 1));
        await running.opened;
        now -= 1;
        return handled();
      },
    }),
  );
  const ids = await Promise.all(Array.from({ length: 8 }, () => world.add("p")));
  await until(() => now === 3);
  expect(worker.running()).toBe(3);
  running.open();
  for (const id of ids) await untilState(world, id, "completed");
  expect(most).toBe(3);
});

test("a rate limit holds over all replicas", async () => {
  const world = await openWorld();
  const startedAt: number[] = [];
  const runnable = aRunnable(world, {
    rateLimit: { max: 2, per: "1s" },
    handle() {
      startedAt.push(performance.now());
      return handled();
    },
  });
  world.start(runnable, { worker: "w1" });
  world.start(runnable, { worker: "w2", shared: world.connect("worker") });
  const ids = await Promise.all(Array.from({ length: 6 }, () => world.add("p")));
  for (const id of ids) await untilState(world, id, "completed");
  // Three windows of a second; how late the first one was noticed is the machine's affair.
  expect((startedAt.at(-1) ?? 0) - (startedAt[0] ?? 0)).toBeGreaterThan(1_000);
});

test("a paused, slow or failing processor delays no other", async () => {
  const world = await openWorld();
  world.start(aRunnable(world, { name: "slow", concurrency: 1, handle: forEver }));
  world.start(aRunnable(world, { name: "failing", handle: () => Promise.reject(new Error("fails")) }));
  await world.queues.get("paused").pause();
  world.start(aRunnable(world, { name: "paused", handle: () => handled() }));
  world.start(aRunnable(world, { name: "well", handle: () => handled() }));
  for (const name of ["slow", "failing", "paused"]) for (let i = 0; i < 20; i += 1) await world.add(name);
  const id = await world.add("well");
  await untilState(world, id, "completed", "well");
});
