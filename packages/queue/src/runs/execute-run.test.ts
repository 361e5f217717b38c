import { handled, ignored, PermanentError } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { ownRedis, until } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import {
  aHandler,
  createTestRun,
  deadLetters,
  inState,
  LONG_AGO,
  replaysOf,
  showTestRun,
  startTestRunner,
  untilNoticed,
  untilRun,
} from "../../test-support/runs.ts";
import { aBody, anId, aRunnable, gate, openWorld, type World } from "../../test-support/world.ts";
import { discardDeadLetter } from "../discard.ts";
import { replayDeadLetter } from "../dead-letters.ts";
import { pauseRun, resumeRun } from "./change-state.ts";
import { findActiveRun } from "./create-run.ts";
import { executeRun } from "./execute-run.ts";
import { listItems } from "./list-items.ts";
import { readRun } from "./stored-run.ts";

vi.setConfig({ testTimeout: 120_000 });

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

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
