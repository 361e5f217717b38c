import { fixed, handled, PermanentError } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  aRunnable,
  fieldsOf,
  historyOf,
  openWorld,
  stateOf,
  untilState,
  type World,
} from "../test-support/world.ts";
import { findDeadLetter, replayDeadLetter } from "./dead-letters.ts";

/** A dead letter of a processor that fails as long as the returned switch says so. */
async function aDeadLetter(): Promise<{
  world: World;
  id: string;
  failing: { now: boolean };
  effects: string[];
  attempts: number[];
}> {
  const world = await openWorld();
  const failing = { now: true };
  const effects: string[] = [];
  const attempts: number[] = [];
  world.start(
    aRunnable(world, {
      retry: { attempts: 2, backoff: fixed(0) },
      async handle(_, { step, attempt }) {
        attempts.push(attempt);
        await step("first", () => void effects.push("first"));
        if (failing.now) throw new Error("the target is broken");
        await step("second", () => void effects.push("second"));
        return handled();
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "failed");
  return { world, id, failing, effects, attempts };
}

test("a dead letter shows what it was, why it died, and every run", async () => {
  const { world, id } = await aDeadLetter();
  const letter = await findDeadLetter(world.redis, world.queues, "p", id);
  expect(letter).toMatchObject({
    processor: "p",
    id,
    eventId: id,
    error: {
      name: "Error",
      message: "the target is broken",
      stack: expect.stringContaining("dead-letters.test"),
    },
    attempts: 2,
    replays: 0,
    history: [
      { attempt: 1, end: "retry", worker: "w1" },
      { attempt: 2, end: "dead", worker: "w1" },
    ],
    steps: ["first"],
  });
  expect(letter?.event.json).toMatchObject({ type: "followed" });
  expect(letter?.diedAt).toBeGreaterThanOrEqual(letter?.history[1]?.endedAt ?? Infinity);
});

test("a replay runs with all its attempts again, and with the steps that were recorded", async () => {
  const { world, id, failing, effects, attempts } = await aDeadLetter();
  expect(await replayDeadLetter(world.redis, world.queues, "p", id)).toBe(true);
  await until(() => attempts.length === 4);
  await untilState(world, id, "failed");
  expect(attempts).toEqual([1, 2, 1, 2]);
  expect(await findDeadLetter(world.redis, world.queues, "p", id)).toMatchObject({ replays: 1, attempts: 2 });
  failing.now = false;
  expect(await replayDeadLetter(world.redis, world.queues, "p", id)).toBe(true);
  await untilState(world, id, "completed");
  expect(attempts).toEqual([1, 2, 1, 2, 1]);
  expect(effects).toEqual(["first", "second"]);
  expect((await historyOf(world, id)).map(({ end }) => end)).toEqual([
    "retry",
    "dead",
    "retry",
    "dead",
    "handled",
  ]);
  expect(await findDeadLetter(world.redis, world.queues, "p", id)).toBeUndefined();
});

test("only a dead letter is replayed", async () => {
  const { world, id, failing } = await aDeadLetter();
  failing.now = false;
  expect(await replayDeadLetter(world.redis, world.queues, "p", "0-1-1")).toBe(false);
  expect(await fieldsOf(world, "0-1-1")).toEqual({});
  await replayDeadLetter(world.redis, world.queues, "p", id);
  await untilState(world, id, "completed");
  const before = await fieldsOf(world, id);
  expect(await replayDeadLetter(world.redis, world.queues, "p", id)).toBe(false);
  expect(await fieldsOf(world, id)).toEqual(before);
});

test("of many replays of one letter at once, one wins, and it runs once", async () => {
  const { world, id, failing, attempts } = await aDeadLetter();
  failing.now = false;
  const won = await Promise.all(
    Array.from({ length: 5 }, () => replayDeadLetter(world.redis, world.queues, "p", id)),
  );
  expect(won.filter(Boolean)).toHaveLength(1);
  await untilState(world, id, "completed");
  expect(attempts).toEqual([1, 2, 1]);
  expect(JSON.parse((await fieldsOf(world, id))["mk:outcome"] ?? "")).toEqual({ type: "handled" });
});

test("a dead letter whose effect took place after all is completed by a replay, not repeated", async () => {
  const { world, id, failing, attempts } = await aDeadLetter();
  failing.now = false;
  // As left by a run that outlived its lock and ended well after the others had failed.
  await world.redis.hset(keys.queue("p", id), "mk:outcome", '{"type":"handled"}');
  expect(await replayDeadLetter(world.redis, world.queues, "p", id)).toBe(true);
  await untilState(world, id, "completed");
  expect(attempts).toEqual([1, 2]);
});

test("a replay forgets earlier crashes and the age that RetryLater counts from", async () => {
  const { world, id, failing } = await aDeadLetter();
  failing.now = false;
  await world.redis.hset(keys.queue("p", id), "mk:crashes", 4, "mk:first", 1);
  await replayDeadLetter(world.redis, world.queues, "p", id);
  await untilState(world, id, "completed");
  const fields = await fieldsOf(world, id);
  expect(fields).not.toHaveProperty("mk:crashes");
  expect(Number(fields["mk:first"])).toBeGreaterThan(1);
});

test("dead letters are never evicted, however old and many", async () => {
  const world = await openWorld();
  world.start(aRunnable(world, { handle: () => Promise.reject(new PermanentError("no")) }));
  const old = await world.add("p");
  await untilState(world, old, "failed");
  await world.redis.zadd(keys.queue("p", "failed"), 1, old);
  await world.redis.hset(keys.queue("p", old), "finishedOn", 1);
  for (let i = 0; i < 10; i += 1) await untilState(world, await world.add("p"), "failed");
  expect(await stateOf(world, old)).toBe("failed");
});

test("handled jobs are kept a day, and evicted by age alone", async () => {
  const world = await openWorld();
  world.start(aRunnable(world, { handle: () => handled() }));
  const [old, older] = [await world.add("p"), await world.add("p")];
  for (const [id, hours] of [
    [old, 23],
    [older, 25],
  ] as const) {
    await untilState(world, id, "completed");
    await world.redis.zadd(keys.queue("p", "completed"), Date.now() - hours * 3_600_000, id);
  }
  await untilState(world, await world.add("p"), "completed");
  expect(await stateOf(world, old)).toBe("completed");
  expect(await stateOf(world, older)).toBe("unknown");
});
