import { handled, PermanentError } from "@misskeep/processor";
import { connectRedis, keys, waitUntilReady } from "@misskeep/redis";
import { capture, ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  aRunnable,
  anId,
  fieldsOf,
  openWorld,
  stateOf,
  untilState,
  type World,
} from "../test-support/world.ts";
import { findDeadIds } from "./dead-index/find-dead-ids.ts";
import { indexDeadLetter } from "./dead-index/update-letters.ts";
import { findDeadLetter, replayDeadLetter } from "./dead-letters.ts";
import { DISCARD_KEPT_MS, discardDeadLetter } from "./discard.ts";
import { findDiscardedLetter } from "./discarded-letters.ts";
import { findJob } from "./find-job.ts";
import { purgeDiscarded, tidyDiscarded } from "./purge-discarded.ts";
import { recoverDeadLetter } from "./recover.ts";

const note = { by: "mio", why: 'the target "will" never\nreturn', at: 5_000 };
const real = JSON.parse(String(capture("mention-by-reply").rawBody)) as object;

interface Broken {
  readonly world: World;
  readonly runs: string[];
  readonly failing: { now: boolean };
}

/** A processor that fails as long as the switch says so. */
async function aBrokenProcessor(): Promise<Broken> {
  const world = await openWorld();
  const runs: string[] = [];
  const failing = { now: true };
  world.start(
    aRunnable(world, {
      handle({ id }) {
        runs.push(id);
        if (failing.now) throw new PermanentError("the target is gone");
        return handled();
      },
    }),
  );
  return { world, runs, failing };
}

async function dieAll(world: World, count: number): Promise<string[]> {
  const ids = await Promise.all(Array.from({ length: count }, () => world.add("p", anId(), real)));
  await until(async () => (await world.redis.zcard(keys.queue("p", "failed"))) === count);
  await Promise.all(ids.map((id) => indexDeadLetter(world.redis, "p", id)));
  return ids;
}

async function indexed({ redis }: World): Promise<string[]> {
  const { letters } = await findDeadIds(redis, "p", { filter: {}, sort: "newest", limit: 100 });
  return letters.map(({ id }) => id);
}

test("a discarded letter is no dead letter any more; who did it and why stands with it", async () => {
  const { world } = await aBrokenProcessor();
  const [id = "", other = ""] = await dieAll(world, 2);
  const before = await findDeadLetter(world.redis, world.queues, "p", id);
  expect(await discardDeadLetter(world.redis, "p", id, { ...note, run: "r1" })).toBe(true);
  expect(await findDeadLetter(world.redis, world.queues, "p", id)).toBeUndefined();
  expect(await findDeadLetter(world.redis, world.queues, "p", other)).toBeDefined();
  expect(await indexed(world)).toEqual([other]);
  const discarded = { ...note, run: "r1", diedAt: before?.diedAt };
  expect(await findDiscardedLetter(world.redis, world.queues, "p", id)).toEqual({ ...before, discarded });
  expect(await findJob(world.redis, world.queues, "p", id)).toMatchObject({
    state: "discarded",
    discarded,
    error: { message: "the target is gone" },
    endedAt: before?.diedAt,
  });
  expect(await world.redis.zrange(keys.discarded("p"), "0", "-1", "WITHSCORES")).toEqual([id, "5000"]);
});

test("its event runs nothing when it is dispatched again", async () => {
  const { world, runs } = await aBrokenProcessor();
  const [id = ""] = await dieAll(world, 1);
  await discardDeadLetter(world.redis, "p", id, note);
  await world.add("p", id, real);
  const next = await world.add("p", anId(), real);
  await untilState(world, next, "failed");
  expect(runs.filter((each) => each === id)).toHaveLength(1);
  expect((await findJob(world.redis, world.queues, "p", id))?.state).toBe("discarded");
});

test("a recovered letter is as if it had never been discarded, in its old place", async () => {
  const { world, failing } = await aBrokenProcessor();
  const ids = await dieAll(world, 3);
  const order = await world.redis.zrange(keys.queue("p", "failed"), "0", "-1", "WITHSCORES");
  const fields = await fieldsOf(world, ids[1] ?? "");
  for (const id of ids) await discardDeadLetter(world.redis, "p", id, note);
  for (const id of ids.toReversed()) expect(await recoverDeadLetter(world.redis, "p", id)).toBe(true);
  expect(await world.redis.zrange(keys.queue("p", "failed"), "0", "-1", "WITHSCORES")).toEqual(order);
  expect(await fieldsOf(world, ids[1] ?? "")).toEqual(fields);
  expect(await world.redis.exists(keys.discarded("p"))).toBe(0);
  expect((await indexed(world)).toSorted()).toEqual(ids.toSorted());
  failing.now = false;
  expect(await replayDeadLetter(world.redis, world.queues, "p", ids[1] ?? "")).toBe(true);
  await untilState(world, ids[1] ?? "", "completed");
});

test("only dead letters are discarded, and only discarded ones recovered", async () => {
  const { world, failing } = await aBrokenProcessor();
  const { redis, queues } = world;
  const [dead = ""] = await dieAll(world, 1);
  failing.now = false;
  const done = await world.add("p");
  await untilState(world, done, "completed");
  const waiting = await world.add("q");
  for (const [processor, id] of [
    ["p", done],
    ["q", waiting],
    ["p", "0-1-1"],
    ["p", "meta"],
    ["p", ""],
  ] as const) {
    const before = await redis.hgetall(keys.queue(processor, id));
    expect(await discardDeadLetter(redis, processor, id, note), id).toBe(false);
    expect(await recoverDeadLetter(redis, processor, id), id).toBe(false);
    expect(await redis.hgetall(keys.queue(processor, id))).toEqual(before);
  }
  expect(await recoverDeadLetter(redis, "p", dead)).toBe(false);
  expect(await discardDeadLetter(redis, "p", dead, note)).toBe(true);
  expect(await discardDeadLetter(redis, "p", dead, { ...note, by: "ren" })).toBe(false);
  expect(await replayDeadLetter(redis, queues, "p", dead)).toBe(false);
  expect((await findDiscardedLetter(redis, queues, "p", dead))?.discarded.by).toBe("mio");
  expect(await recoverDeadLetter(redis, "p", dead)).toBe(true);
  expect(await recoverDeadLetter(redis, "p", dead)).toBe(false);
});

test("of discards and replays at the same moment exactly one wins", async () => {
  const { world, runs, failing } = await aBrokenProcessor();
  const ids = await dieAll(world, 60);
  failing.now = false;
  runs.length = 0;
  const connections = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const redis = world.connect("command");
      await waitUntilReady(redis, 10_000);
      return redis;
    }),
  );
  const won = await Promise.all(
    ids.map(async (id, i) => {
      const tries = connections.flatMap((redis, nth) => {
        const discard = () => discardDeadLetter(redis, "p", id, note).then((ok) => (ok ? "discarded" : ""));
        const replay = () =>
          replayDeadLetter(redis, world.queues, "p", id).then((ok) => (ok ? "replayed" : ""));
        return (i + nth) % 2 === 0 ? [discard(), replay()] : [replay(), discard()];
      });
      return (await Promise.all(tries)).filter((outcome) => outcome !== "");
    }),
  );
  expect(
    won.every((outcomes) => outcomes.length === 1),
    JSON.stringify(won),
  ).toBe(true);
  const replayed = ids.filter((_, i) => won[i]?.[0] === "replayed");
  await until(
    async () => (await world.queues.get("p").getJobCounts("completed"))["completed"] === replayed.length,
  );
  expect(runs.toSorted()).toEqual(replayed.toSorted());
  const discarded = await world.redis.zrange(keys.discarded("p"), "0", "-1");
  expect(discarded.toSorted()).toEqual(ids.filter((id) => !replayed.includes(id)).toSorted());
  expect(await world.redis.zcard(keys.queue("p", "failed"))).toBe(0);
});

test("a job that was just replayed and waits is never discarded", async () => {
  const { world, runs } = await aBrokenProcessor();
  const [id = ""] = await dieAll(world, 1);
  await world.queues.get("p").pause();
  await replayDeadLetter(world.redis, world.queues, "p", id);
  expect(await discardDeadLetter(world.redis, "p", id, note)).toBe(false);
  await world.queues.get("p").resume();
  await until(() => runs.length === 2);
});

test("after a week a discarded letter goes with all its keys; a younger and a recovered one stay", async () => {
  const { world } = await aBrokenProcessor();
  const [old = "", recovered = "", young = ""] = await dieAll(world, 3);
  const now = Date.now();
  const week = now - DISCARD_KEPT_MS;
  await discardDeadLetter(world.redis, "p", old, { ...note, at: week - 1 });
  await discardDeadLetter(world.redis, "p", recovered, { ...note, at: week - 1 });
  await discardDeadLetter(world.redis, "p", young, { ...note, at: week });
  await world.queues.get("p").addJobLog(old, "a line");
  await recoverDeadLetter(world.redis, "p", recovered);
  await world.redis.hset(keys.subscriptions, "p", '{"since":1,"seenAt":1,"any":[]}');
  expect(await tidyDiscarded(world.redis, now)).toBe(1);
  expect(await world.redis.keys(`*${old}*`)).toEqual([]);
  expect(await recoverDeadLetter(world.redis, "p", old)).toBe(false);
  expect(await findDeadLetter(world.redis, world.queues, "p", recovered)).toBeDefined();
  expect(await recoverDeadLetter(world.redis, "p", young)).toBe(true);
});

test("the letters of a removed processor go after a week, too", async () => {
  const { world } = await aBrokenProcessor();
  const [id = ""] = await dieAll(world, 1);
  await discardDeadLetter(world.redis, "p", id, note);
  expect(await tidyDiscarded(world.redis)).toBe(0);
  await world.redis.hset(keys.removed, "p", "1");
  expect(await tidyDiscarded(world.redis)).toBe(1);
});

test("no more than asked for are removed at once, the oldest first", async () => {
  const { world } = await aBrokenProcessor();
  const ids = await dieAll(world, 130);
  for (const [i, id] of ids.entries())
    await discardDeadLetter(world.redis, "p", id, { ...note, at: 1_000 + i });
  expect(await purgeDiscarded(world.redis, "p", 1_120, 110)).toBe(110);
  expect(await world.redis.zrange(keys.discarded("p"), "0", "-1")).toEqual(ids.slice(110));
  expect(await purgeDiscarded(world.redis, "p", 1_120, 110)).toBe(10);
  expect(await stateOf(world, ids[119] ?? "")).toBe("unknown");
  expect(await world.redis.exists(keys.queue("p", ids[120] ?? ""))).toBe(1);
});

test("a full Redis lets letters be discarded and recovered", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = connectRedis({ url: server.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  await redis.zadd(keys.queue("p", "failed"), 1_795_485_891_939, "0-1-1");
  await redis.hset(keys.queue("p", "0-1-1"), "data", "{}");
  await redis.config("SET", "maxmemory", "1");
  await expect(redis.set("x", "y")).rejects.toThrow("OOM");
  expect(await discardDeadLetter(redis, "p", "0-1-1", note)).toBe(true);
  expect(await recoverDeadLetter(redis, "p", "0-1-1")).toBe(true);
  expect(await redis.zscore(keys.queue("p", "failed"), "0-1-1")).toBe("1795485891939");
});

test("a letter's clock is Redis': nothing goes early at a worker whose own is days ahead", async () => {
  const { world } = await aBrokenProcessor();
  const [id = ""] = await dieAll(world, 1);
  await discardDeadLetter(world.redis, "p", id, { ...note, at: Date.now() });
  await world.redis.hset(keys.subscriptions, "p", '{"since":1,"seenAt":1,"any":[]}');
  vi.useFakeTimers({ now: Date.now() + 2 * DISCARD_KEPT_MS, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  expect(await tidyDiscarded(world.redis)).toBe(0);
});

test("a name that is no letter's is not discarded", async () => {
  const { world } = await aBrokenProcessor();
  for (const id of ["wait", "failed", "meta", "", "../x", "0-1-1"])
    expect(await recoverDeadLetter(world.redis, "p", id), id).toBe(false);
});
