import { handled, ignored, PermanentError } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { ownRedis, until } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import {
  createTestRun,
  deadLetters,
  inState,
  LONG_AGO,
  replaysOf,
  showTestRun,
  startTestRunner,
  untilRun,
} from "../../test-support/runs.ts";
import { aBody, anId, aRunnable, gate, openWorld, type World } from "../../test-support/world.ts";
import { discardDeadLetter } from "../discard.ts";
import { replayDeadLetter } from "../dead-letters.ts";
import { cancelRun, pauseRun, resumeRun } from "./change-state.ts";
import { findActiveRun } from "./create-run.ts";
import { executeRun } from "./execute-run.ts";
import { listItems } from "./list-items.ts";
import { readRun } from "./stored-run.ts";

vi.setConfig({ testTimeout: 120_000 });

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

/** A processor that handles everything and counts the events it got. */
function aHandler(world: World, name = "p"): string[] {
  const got: string[] = [];
  world.start(
    aRunnable(world, {
      name,
      concurrency: 20,
      handle(event, { idempotencyKey }) {
        got.push(idempotencyKey);
        return handled();
      },
    }),
  );
  return got;
}

async function itemIds(world: World, run: string, state?: "skipped" | "dead"): Promise<string[]> {
  const stored = await readRun(world.redis, "p", run);
  if (!stored) throw new Error("There is no run.");
  const { items } = await listItems(world.redis, stored, { limit: 1_000, state });
  return items.map(({ id }) => id);
}

describe("a replay", () => {
  test("runs every letter once, whatever their number, and ends done", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 1_234);
    const got = aHandler(world);
    startTestRunner(world);
    const id = await createTestRun(world);
    const run = await untilRun(world, id, inState("done"));
    expect(run).toMatchObject({ total: 1_234, done: 1_234, items: { handled: 1_234, skipped: 0 } });
    expect(got.length).toBe(1_234);
    expect(new Set(await replaysOf(world, ids))).toEqual(new Set([1]));
    expect(await findActiveRun(world.redis, "p")).toBeUndefined();
    expect(await world.redis.zcard(keys.dead("p", "by-attempts"))).toBe(0);
  });

  test("a letter that dies again is not replayed a second time, and says why it died", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 30);
    world.start(aRunnable(world, { handle: () => Promise.reject(new PermanentError("still broken")) }));
    startTestRunner(world);
    const id = await createTestRun(world, { until: Date.now() + 3_600_000 });
    expect(await untilRun(world, id, inState("done"))).toMatchObject({ done: 30, items: { dead: 30 } });
    expect(await replaysOf(world, ids)).toEqual(times(30, 1));
    const stored = await readRun(world.redis, "p", id);
    const { items } = await listItems(world.redis, stored!, { limit: 1, state: "dead" });
    expect(items).toMatchObject([{ state: "dead", message: "PermanentError: still broken" }]);
  });

  test("means what died until it was planned, of what its filter says", async () => {
    const world = await openWorld();
    const [first, second, third] = await deadLetters(world, 3);
    const other = await placeDead(world, { diedAt: LONG_AGO, hook: "other" });
    const got = aHandler(world);
    startTestRunner(world);
    const id = await createTestRun(world, {
      until: LONG_AGO + 1_000,
      scope: { kind: "replay", filter: { processor: "p", hook: "default" } },
    });
    await untilRun(world, id, inState("done"));
    expect(got.toSorted()).toEqual([`${first}:p`, `${second}:p`].toSorted());
    expect(await replaysOf(world, [third!, other])).toEqual([0, 0]);
  });

  test("letters that others replayed or discarded before their turn are skipped, and the run is complete", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 4);
    const id = await createTestRun(world, { ratePerSecond: 0.001 });
    startTestRunner(world);
    await untilRun(world, id, (run) => run.done === 1);
    await replayDeadLetter(world.redis, world.queues, "p", ids[1]!);
    await discardDeadLetter(world.redis, "p", ids[2]!, { by: "ren", why: "", at: 1 });
    await pauseRun(world.redis, "p", id, "");
    await untilNoticed(world, id);
    const got = aHandler(world);
    const about = JSON.parse((await world.redis.hget(keys.run("p", id), "about"))!) as object;
    await world.redis.hset(keys.run("p", id), "about", JSON.stringify({ ...about, ratePerSecond: null }));
    await resumeRun(world.redis, "p", id);
    const run = await untilRun(world, id, inState("done"));
    expect(run).toMatchObject({ total: 4, done: 4, items: { handled: 2, skipped: 2 } });
    expect(new Set(await itemIds(world, id, "skipped"))).toEqual(new Set([ids[1], ids[2]]));
    expect(new Set(got)).toEqual(new Set([`${ids[0]}:p`, `${ids[1]}:p`, `${ids[3]}:p`]));
  });

  test("ends without waiting for those that will be tried again, and learns later how they ended", async () => {
    const world = await openWorld();
    const failing = { now: true };
    const ids = await deadLetters(world, 5);
    world.start(
      aRunnable(world, {
        retry: { attempts: 5, backoff: () => 3_600_000 },
        handle: () => (failing.now ? Promise.reject(new Error("not yet")) : ignored("enough")),
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world);
    expect(await untilRun(world, id, inState("done"))).toMatchObject({ items: { failing: 5 } });
    failing.now = false;
    for (const each of ids) await (await world.queues.get("p").getJob(each))?.promote();
    await untilRun(world, id, (run) => run.items.ignored === 5 && run.items.failing === 0);
  });
});

/** Waits until the worker that executes a run has let it go. */
async function untilNoticed(world: World, id: string): Promise<void> {
  await until(async () => (await world.redis.exists(`${keys.internalPrefix}:runs:${id}`)) === 0);
}

describe("a person", () => {
  test("pauses a run: nothing more is replayed; resumed, it does the rest", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 200);
    const opened = gate();
    const got: string[] = [];
    world.start(
      aRunnable(world, {
        async handle(event) {
          got.push(event.id);
          await opened.opened;
          return handled();
        },
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world);
    await until(() => got.length > 0);
    await pauseRun(world.redis, "p", id, "by mio: wait");
    const before = (await replaysOf(world, ids)).filter((count) => count > 0).length;
    expect(before).toBeLessThan(200);
    await untilNoticed(world, id);
    expect(await showTestRun(world, id)).toMatchObject({ state: "paused", stateWhy: "by mio: wait" });
    expect((await replaysOf(world, ids)).filter((count) => count > 0)).toHaveLength(before);
    opened.open();
    await resumeRun(world.redis, "p", id);
    await untilRun(world, id, inState("done"));
    expect(await replaysOf(world, ids)).toEqual(times(200, 1));
  });

  test("cancels a run: the rest stays dead, and another run may begin", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 50);
    aHandler(world);
    startTestRunner(world);
    const id = await createTestRun(world, { ratePerSecond: 0.001 });
    await untilRun(world, id, (run) => run.done === 1);
    await cancelRun(world.redis, "p", id, "by mio");
    const run = await showTestRun(world, id);
    expect(run).toMatchObject({ state: "cancelled", done: 1, total: 50, endedAt: expect.any(Number) });
    expect(await world.redis.zcard(keys.queue("p", "failed"))).toBe(49);
    const next = await createTestRun(world);
    await untilRun(world, next, inState("done"));
    expect(new Set(await replaysOf(world, ids))).toEqual(new Set([1]));
    // Its figures are kept for a while, and not for ever.
    for (const key of await world.redis.keys(keys.run("p", `${id}*`)))
      expect(await world.redis.pttl(key), key).toBeGreaterThan(0);
  });

  test("cannot change a run that has ended", async () => {
    const world = await openWorld();
    await deadLetters(world, 1);
    aHandler(world);
    startTestRunner(world);
    const id = await createTestRun(world);
    await untilRun(world, id, inState("done"));
    for (const change of [pauseRun, resumeRun, cancelRun])
      expect(await change(world.redis, "p", id, "")).toEqual({ changed: false, state: "done" });
  });

  test("starts one run a processor: of many at the same moment one is created, and the others name it", async () => {
    const world = await openWorld();
    await deadLetters(world, 1);
    const begin = () => createTestRun(world).catch((error: Error) => error.message);
    const results = await Promise.all(Array.from({ length: 20 }, begin));
    const created = results.filter((result) => !result.includes(" "));
    expect(created).toHaveLength(1);
    expect(new Set(results)).toEqual(new Set([created[0], `Run ${created[0]} is under way.`]));
    expect(await world.redis.zrange(keys.runs, "0", "-1")).toEqual([`p/${created[0]}`]);
  });
});

describe("a guard", () => {
  const guard = { first: 10, maxFailed: 20 };

  test("stops a run whose first letters fail again; resumed, it goes on without the guard", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 60);
    world.start(aRunnable(world, { handle: () => Promise.reject(new PermanentError("no")) }));
    startTestRunner(world);
    const id = await createTestRun(world, { guard });
    const run = await untilRun(world, id, inState("stopped"));
    expect(run).toMatchObject({ done: 10, items: { dead: 10 }, stateWhy: expect.stringContaining("10 of") });
    expect((await replaysOf(world, ids)).filter((count) => count > 0)).toHaveLength(10);
    await resumeRun(world.redis, "p", id);
    await untilRun(world, id, inState("done"));
    expect(await replaysOf(world, ids)).toEqual(times(60, 1));
  });

  test("waits for the first ones, and lets the rest follow if few enough of them fail", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 60);
    const opened = gate();
    world.start(
      aRunnable(world, {
        concurrency: 20,
        async handle(event) {
          await opened.opened;
          if (ids.indexOf(event.id) < 2) throw new PermanentError("no");
          return handled();
        },
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world, { guard });
    await untilRun(world, id, inState("trying"));
    expect((await replaysOf(world, ids)).filter((count) => count > 0)).toHaveLength(10);
    opened.open();
    expect(await untilRun(world, id, inState("done"))).toMatchObject({ items: { dead: 2, handled: 58 } });
  });
});

describe("workers", () => {
  test("a run goes on in another worker when the one that executes it stops", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 400);
    const opened = gate();
    world.start(
      aRunnable(world, {
        async handle() {
          await opened.opened;
          return handled();
        },
      }),
    );
    const first = startTestRunner(world);
    const id = await createTestRun(world);
    await untilRun(world, id, (run) => run.done > 0);
    await first.stop();
    startTestRunner(world);
    opened.open();
    await untilRun(world, id, inState("done"));
    expect(await replaysOf(world, ids)).toEqual(times(400, 1));
  });

  test("two that execute the same run at once replay nothing twice and skip nothing", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 500);
    aHandler(world);
    const id = await createTestRun(world);
    const { redis, queues } = world;
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const execute = (): Promise<void> =>
      executeRun({ redis, queues, log }, { processor: "p", run: id }, new AbortController().signal);
    await Promise.all([execute(), execute(), execute()]);
    expect(await showTestRun(world, id)).toMatchObject({
      state: "done",
      total: 500,
      done: 500,
      items: { handled: 500 },
    });
    expect(await replaysOf(world, ids)).toEqual(times(500, 1));
  });

  test("a run goes on by itself when Redis was away", async () => {
    const server = await ownRedis();
    onTestFinished(() => server.stop());
    const world = await openWorld(server.url);
    const ids = await deadLetters(world, 300);
    const opened = gate();
    world.start(
      aRunnable(world, {
        async handle() {
          await opened.opened;
          return handled();
        },
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world);
    await untilRun(world, id, (run) => run.done > 0);
    await server.kill();
    await server.restart();
    opened.open();
    await until(async () => (await showTestRun(world, id)).state === "done", { timeout: 60_000 });
    expect(await replaysOf(world, ids)).toEqual(times(300, 1));
  });

  test("a run that nobody heard of is found: whoever created it died at once", async () => {
    const world = await openWorld();
    await deadLetters(world, 3);
    aHandler(world);
    const id = await createTestRun(world);
    await world.redis.del(keys.runs);
    await world.redis.del(...(await world.redis.keys(`${keys.internalPrefix}:runs:*`)));
    // Processors are those that some worker has registered.
    const subscription = JSON.stringify({ since: 1, seenAt: 1, any: [] });
    await world.redis.hset(keys.subscriptions, "p", subscription);
    startTestRunner(world, { watchEveryMs: 20 });
    await until(() => showTestRun(world, id));
    expect(await untilRun(world, id, inState("done"))).toMatchObject({ items: { handled: 3 } });
  });

  test("a run that nobody can execute waits for a person, with the reason", async () => {
    const world = await openWorld();
    await deadLetters(world, 3);
    const id = await createTestRun(world);
    await world.redis.hset(keys.run("p", id), "cursor", "nonsense");
    startTestRunner(world);
    const run = await untilRun(world, id, inState("paused"));
    expect(run.stateWhy).toMatch(/^It could not go on: /);
  });

  test("live events are handled while thousands of letters wait for their replay", async () => {
    const world = await openWorld();
    await deadLetters(world, 2_000);
    const live = new Set<string>();
    const handledLive: number[] = [];
    let replayed = 0;
    world.start(
      aRunnable(world, {
        concurrency: 4,
        async handle(event) {
          if (live.has(event.id)) handledLive.push(replayed);
          else replayed += 1;
          await new Promise((resolve) => setImmediate(resolve));
          return handled();
        },
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world);
    await until(() => replayed > 100);
    const before = replayed;
    const event = anId();
    live.add(event);
    await world.add("p", event, aBody());
    await untilRun(world, id, inState("done"));
    // It waited for those that were in the queue before it, and for none of the rest.
    expect(handledLive).toHaveLength(1);
    expect(handledLive[0]! - before).toBeLessThanOrEqual(1_000);
    expect(handledLive[0]).toBeLessThan(2_000);
  });
});

test("discards letters, recovers just those that this run discarded, and does neither twice", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 250);
  const kept = await placeDead(world, { diedAt: LONG_AGO, hook: "other" });
  await discardDeadLetter(world.redis, "p", kept, { by: "ren", why: "", at: 1 });
  startTestRunner(world);
  const id = await createTestRun(world, { scope: { kind: "discard", filter: { processor: "p" } } });
  expect(await untilRun(world, id, inState("done"))).toMatchObject({ items: { discarded: 250 } });
  expect(await world.redis.zcard(keys.queue("p", "failed"))).toBe(0);
  expect(await world.redis.zcard(keys.discarded("p"))).toBe(251);
  const note = await world.redis.hget(keys.queue("p", ids[0]!), "mk:discarded");
  expect(JSON.parse(note!)).toMatchObject({ by: "mio", why: "mended", run: id });

  const back = await createTestRun(world, {
    scope: { kind: "recover", processor: "p", discardRun: id },
    until: Date.now() + 60_000,
  });
  expect(await untilRun(world, back, inState("done"))).toMatchObject({ items: { recovered: 250 } });
  expect(await world.redis.zrange(keys.discarded("p"), "0", "-1")).toEqual([kept]);
  expect(await world.redis.zscore(keys.queue("p", "failed"), ids[0]!)).toBe(String(LONG_AGO));
  expect(await world.redis.zcard(keys.dead("p", "by-attempts"))).toBe(250);
});
