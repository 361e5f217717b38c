import { handled } from "@misskeep/processor";
import { ownRedis, until } from "@misskeep/testkit";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { expect, onTestFinished, test } from "vitest";
import {
  aRunnable,
  anId,
  fieldsOf,
  historyOf,
  openWorld,
  stateOf,
  untilState,
  type World,
} from "../test-support/world.ts";
import { untilTaken } from "./persist.ts";
import { RunHold } from "./run-hold.ts";

const REFUSE = ["min-replicas-to-write", "1"] as const;
const TAKE = ["min-replicas-to-write", "0"] as const;

/** A world on a Redis of its own, that a test may make refuse every write (NOREPLICAS). */
async function ownWorld(): Promise<World & { takeAgain(): Promise<unknown> }> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.url);
  const admin = world.connect("command");
  await until(() => admin.status === "ready");
  return { ...world, takeAgain: () => admin.config("SET", ...TAKE) };
}

/** Does something at the very moment of a mark (see marks.ts). */
function at(mark: string, act: () => void): void {
  subscribe(mark, act);
  onTestFinished(() => void unsubscribe(mark, act));
}

test("a handled event is not run again when Redis refuses to record that", async () => {
  const world = await ownWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      handle() {
        runs += 1;
        return handled();
      },
    }),
  );
  // The same connection sends the record next, so that the refusal comes just before it.
  at("misskeep:handled", () => void world.redis.config("SET", ...REFUSE));
  const id = await world.add("p");
  await until(() => world.log.some(({ fields }) => String(fields["err"]).includes("NOREPLICAS")));
  expect(await fieldsOf(world, id)).not.toHaveProperty("mk:outcome");
  expect(world.reports).toEqual([]);
  await world.takeAgain();
  await untilState(world, id, "completed");
  expect(runs).toBe(1);
  expect(await historyOf(world, id)).toMatchObject([{ end: "handled" }]);
});

test.each([
  ["handled", "completed"],
  ["dead", "failed"],
])("a job whose %s end is recorded is not run again when Redis refuses to move it", async (end, state) => {
  const world = await ownWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      retry: { attempts: 1 },
      handle() {
        runs += 1;
        if (end === "dead") throw new Error("fails");
        return handled();
      },
    }),
    { lockMs: 1_000 },
  );
  // BullMQ's connection: moving the job is what comes next on it.
  at("misskeep:recorded", () => void world.shared.config("SET", ...REFUSE));
  const id = await world.add("p");
  await until(() => world.log.some(({ message }) => message.includes("worker met an error")));
  expect(await fieldsOf(world, id)).toHaveProperty("mk:outcome");
  expect(await stateOf(world, id)).toBe("active");
  await world.takeAgain();
  await untilState(world, id, state);
  expect(runs).toBe(1);
  expect(await historyOf(world, id)).toMatchObject([{ end }]);
  expect(world.reports).toHaveLength(1);
});

test("a full Redis still takes an outcome and completes the job", async () => {
  const world = await ownWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      async handle() {
        runs += 1;
        await world.redis.config("SET", "maxmemory", "1");
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "completed");
  expect(runs).toBe(1);
});

test("a step that took effect is recorded even on a full Redis", async () => {
  const world = await ownWorld();
  const recorded: unknown[] = [];
  world.start(
    aRunnable(world, {
      async handle(_, { step }) {
        await step("post", async () => {
          await world.redis.config("SET", "maxmemory", "1");
          return "n1";
        });
        recorded.push((await fieldsOf(world, id))["mk:step:post"]);
        return handled();
      },
    }),
  );
  const id = anId();
  await world.add("p", id);
  await untilState(world, id, "completed");
  expect(recorded).toEqual(['{"result":"n1"}']);
});

test("a step that took effect is recorded once Redis takes it, and not run again", async () => {
  const world = await ownWorld();
  let effects = 0;
  world.start(
    aRunnable(world, {
      async handle(_, { step }) {
        await step("post", async () => {
          effects += 1;
          await world.redis.config("SET", ...REFUSE);
        });
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await until(() => world.log.some(({ fields }) => String(fields["err"]).includes("NOREPLICAS")));
  expect(await fieldsOf(world, id)).not.toHaveProperty("mk:step:post");
  await world.takeAgain();
  await untilState(world, id, "completed");
  expect(await fieldsOf(world, id)).toHaveProperty("mk:step:post");
  expect(effects).toBe(1);
});

test("a handler that waits for Redis in a step stops when told to: it is no zombie", async () => {
  const world = await ownWorld();
  world.start(
    aRunnable(world, {
      timeout: 200,
      async handle(_, { step }) {
        await step("post", () => void world.redis.config("SET", ...REFUSE));
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await until(() => world.log.filter(({ message }) => message.includes("refused a record")).length >= 2);
  await world.takeAgain();
  await untilState(world, id, "delayed");
  expect(await historyOf(world, id)).toMatchObject([{ end: "retry", error: { name: "TimedOut" } }]);
  expect(world.zombies).toEqual([]);
});

test("a claim that Redis refuses spends no attempt", async () => {
  const world = await ownWorld();
  world.start(
    aRunnable(world, {
      retry: { attempts: 1 },
      once() {
        void world.redis.config("SET", ...REFUSE);
        return "the same";
      },
      handle: () => handled(),
    }),
  );
  const id = await world.add("p");
  await until(() => world.log.some(({ message }) => message.includes("refused a claim")));
  await world.takeAgain();
  await untilState(world, id, "completed");
});

test("a worker that Redis refuses its jobs asks once a second, not as fast as it can", async () => {
  const world = await ownWorld();
  const ids = [await world.add("p"), await world.add("p")];
  let start = 0;
  at("misskeep:recorded", () => {
    if (start === 0) void world.shared.config("SET", ...REFUSE);
    start ||= performance.now();
  });
  world.start(aRunnable(world, { concurrency: 1, handle: () => handled() }));
  await until(() => world.log.length >= 6);
  // Some are not of the loop that asks for jobs. Without patience it is refused some thousand times a second.
  expect(performance.now() - start).toBeGreaterThan(1_900);
  await world.takeAgain();
  for (const id of ids) await untilState(world, id, "completed");
});

test("after its signal a write is tried once more, and its last refusal thrown", async () => {
  const hold = new RunHold();
  const refusals: string[] = [];
  let tries = 0;
  const write = (): Promise<never> => Promise.reject(new Error(`refused ${(tries += 1)}`));
  const written = untilTaken(
    write,
    (error) => (refusals.push(error.message), hold.abort(new Error("over"))),
    hold,
  );
  await expect(written).rejects.toThrow("refused 2");
  expect(refusals).toEqual(["refused 1"]);
});
