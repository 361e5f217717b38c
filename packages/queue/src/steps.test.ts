import { fixed, handled, type HandlerContext, RunAborted } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  aRunnable,
  anId,
  fieldsOf,
  gate,
  historyOf,
  hurry,
  openWorld,
  stateOf,
  untilState,
} from "../test-support/world.ts";

type Context = HandlerContext<unknown>;

/** Runs a handler twice: its first attempt fails at the end. */
async function inTwoAttempts(steps: (context: Context) => Promise<unknown>): Promise<unknown[]> {
  const world = await openWorld();
  const results: unknown[] = [];
  world.start(
    aRunnable(world, {
      retry: { attempts: 2, backoff: fixed(0) },
      async handle(_, context) {
        results.push(await steps(context));
        if (context.attempt === 1) throw new Error("fails after its steps");
        return handled();
      },
    }),
  );
  await untilState(world, await world.add("p"), "completed");
  return results;
}

test.each<[string, unknown, unknown]>([
  ["an object", { id: "n1", tags: [1, null] }, { id: "n1", tags: [1, null] }],
  ["nothing", undefined, undefined],
  ["null", null, null],
  ["false", false, false],
  ["0", 0, 0],
  ["an empty text", "", ""],
  ["a Date, as the JSON that it is", new Date(0), "1970-01-01T00:00:00.000Z"],
])("a step that gave %s is not run again, and gives it in every attempt", async (_, gives, got) => {
  let runs = 0;
  const results = await inTwoAttempts(({ step }) =>
    step("post", () => {
      runs += 1;
      return gives;
    }),
  );
  expect(results).toEqual([got, got]);
  expect(runs).toBe(1);
});

test("a step that fails is run again", async () => {
  const runs: string[] = [];
  await inTwoAttempts(async ({ step, attempt }) => {
    await step("first", () => runs.push("first"));
    await step("second", () => {
      runs.push("second");
      if (attempt === 1) throw new Error("fails");
    }).catch(() => undefined);
  });
  expect(runs).toEqual(["first", "second", "second"]);
});

test("each step gets an idempotency key of its own, the same in every attempt", async () => {
  const seen: string[] = [];
  await inTwoAttempts(async ({ step, idempotencyKey }) => {
    const fail = (key: { idempotencyKey: string }): never => {
      seen.push(key.idempotencyKey.replace(idempotencyKey, "…"));
      throw new Error("fails");
    };
    await step("one", fail).catch(() => undefined);
    await step("two", fail).catch(() => undefined);
  });
  expect(seen).toEqual(["…:one", "…:two", "…:one", "…:two"]);
});

test("a second step of the same name throws, and does not run", async () => {
  const world = await openWorld();
  const runs: number[] = [];
  world.start(
    aRunnable(world, {
      retry: { attempts: 1 },
      async handle(_, { step }) {
        await step("post", () => runs.push(1));
        await step("post", () => runs.push(2));
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "failed");
  expect(runs).toEqual([1]);
  expect(await historyOf(world, id)).toMatchObject([
    { error: { name: "TypeError", message: expect.stringContaining("post") } },
  ]);
});

test.each<[string, unknown]>([
  ["a BigInt", 7n],
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a circle", Object.assign([], { 0: null })],
])("a step that gives %s makes the job dead: each attempt would repeat the effect", async (name, gives) => {
  if (Array.isArray(gives)) gives[0] = gives;
  const world = await openWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      async handle(_, { step }) {
        await step("post", () => ((runs += 1), gives));
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "failed");
  expect(runs, name).toBe(1);
  expect(await historyOf(world, id)).toMatchObject([
    { end: "dead", error: { name: "PermanentError", message: expect.stringContaining("no plain JSON") } },
  ]);
});

test("steps are kept with a dead job", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      retry: { attempts: 1 },
      async handle(_, { step }) {
        await step("post", () => "n1");
        throw new Error("fails");
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "failed");
  expect(await fieldsOf(world, id)).toHaveProperty("mk:step:post", '{"result":"n1"}');
});

test("no step runs after the run is over", async () => {
  const world = await openWorld();
  const late = gate();
  const later: { error?: unknown } = {};
  let ran = false;
  world.start(
    aRunnable(world, {
      handle(_, { step }) {
        void late.opened
          .then(() => step("late", () => void (ran = true)))
          .catch((error: unknown) => void (later.error = error));
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "completed");
  late.open();
  await until(() => later.error);
  expect(later.error).toBeInstanceOf(RunAborted);
  expect(ran).toBe(false);
});

test("no step runs after the time-out", async () => {
  const world = await openWorld();
  const errors: unknown[] = [];
  let ran = false;
  world.start(
    aRunnable(world, {
      timeout: 50,
      async handle(_, { step, signal }) {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        await step("late", () => void (ran = true)).catch((error: unknown) => errors.push(error));
        return handled();
      },
    }),
  );
  await untilState(world, await world.add("p"), "completed");
  expect(errors).toEqual([expect.any(RunAborted)]);
  expect(ran).toBe(false);
});

test("a step whose lock another has taken is not recorded, and throws", async () => {
  const world = await openWorld();
  const id = anId();
  const errors: unknown[] = [];
  let handledIn = 0;
  world.start(
    aRunnable(world, {
      async handle(_, { step }) {
        if ((handledIn += 1) > 1) return handled();
        await step("post", () =>
          world.redis.set(keys.queue("p", `${id}:lock`), "another's", "PX", 200),
        ).catch((error: unknown) => {
          errors.push(error);
          throw error;
        });
        return handled();
      },
    }),
    { lockMs: 500 },
  );
  await world.add("p", id);
  await until(() => errors.length === 1);
  expect(errors).toEqual([expect.any(RunAborted)]);
  expect(await fieldsOf(world, id)).not.toHaveProperty("mk:step:post");
  await hurry(world, id);
  await untilState(world, id, "completed");
});

test("the signal aborts when the job's lock is lost, and no step runs from then on", async () => {
  const world = await openWorld();
  const id = anId();
  const seen: unknown[] = [];
  let runs = 0;
  world.start(
    aRunnable(world, {
      async handle(_, { step, signal }) {
        if ((runs += 1) > 1) return handled();
        await world.redis.set(keys.queue("p", `${id}:lock`), "another's", "PX", 1_500);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        seen.push(signal.reason);
        await step("late", () => void seen.push("ran"));
        return handled();
      },
    }),
    { lockMs: 500 },
  );
  await world.add("p", id);
  await until(() => seen.length > 0);
  expect(seen).toEqual([expect.any(RunAborted)]);
  await hurry(world, id);
  await untilState(world, id, "completed");
  expect(await stateOf(world, id)).toBe("completed");
  expect(seen).toHaveLength(1);
});
