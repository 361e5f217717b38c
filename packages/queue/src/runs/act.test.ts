import { handled } from "@misskeep/processor";
import { acknowledge, eraseEntry, readBatch } from "@misskeep/inbox";
import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { acceptBody, jobIds, subscribe } from "../../test-support/inbox.ts";
import {
  createTestRun,
  deadLetters,
  inState,
  LONG_AGO,
  startTestRunner,
  untilRun,
} from "../../test-support/runs.ts";
import { placeDead } from "../../test-support/dead-index.ts";
import { aRunnable, gate, openWorld, stateOf, type World } from "../../test-support/world.ts";
import { discardDeadLetter } from "../discard.ts";
import { recoverDeadLetter } from "../recover.ts";
import { act } from "./act.ts";
import { cancelRun } from "./change-state.ts";
import type { RunScope } from "./run.ts";
import { scripts } from "./scripts.ts";
import { countItems, readRun, type StoredRun } from "./stored-run.ts";

/** Later than any letter died. */
const PLANNED_AT = LONG_AGO + 60_000;

/** A run with its jobs planned that nobody executes. */
async function planned(world: World, scope: RunScope, ids: readonly string[]): Promise<StoredRun> {
  const id = await createTestRun(world, { scope });
  const names = scope.kind === "backfill" ? ids.map((each) => `${each}~${id}`) : ids;
  const places = [keys.run("p", id), keys.runItems("p", id, "planned")];
  await scripts.plan.run(world.redis, places, ["", "", ...names.flatMap((each) => [PLANNED_AT, each])]);
  const run = await readRun(world.redis, "p", id);
  if (!run) throw new Error("There is no run.");
  return run;
}

/** Says that everything is dispatched. */
async function dispatched(world: World): Promise<void> {
  await subscribe(world, { other: { on: ["nothing"] } });
  const { entries } = await readBatch(world.redis, "d", { entries: 1_000, bytes: 1e9 });
  await acknowledge(
    world.redis,
    entries.map(({ id }) => id),
    0,
  );
}

const counts = (world: World, run: StoredRun) => countItems(world.redis, "p", run.id);
const note = { by: "mio", why: "", at: 5 };

test("a letter that the run discarded before its worker died counts as discarded, one of somebody else as skipped", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 3);
  const run = await planned(world, { kind: "discard", filter: { processor: "p" } }, ids);
  await discardDeadLetter(world.redis, "p", ids[0]!, { ...note, run: run.id });
  await discardDeadLetter(world.redis, "p", ids[1]!, note);
  await act(world, run, ids);
  expect(await counts(world, run)).toMatchObject({ planned: 0, discarded: 2, skipped: 1 });
});

test("a letter that the run recovered before its worker died counts as recovered, one that is gone as skipped", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 3);
  for (const id of ids) await discardDeadLetter(world.redis, "p", id, note);
  const run = await planned(world, { kind: "recover", processor: "p" }, ids);
  await recoverDeadLetter(world.redis, "p", ids[0]!);
  await world.redis.zrem(keys.discarded("p"), ids[1]!);
  await act(world, run, ids);
  expect(await counts(world, run)).toMatchObject({ planned: 0, recovered: 2, skipped: 1 });
});

test("a backfill adds each event once, by an id that names the run, and skips what the inbox no longer holds", async () => {
  const world = await openWorld();
  const event = await acceptBody(world);
  await world.add("p", event);
  const scope: RunScope = { kind: "backfill", processor: "p", from: 0, to: Date.now() };
  const run = await planned(world, scope, [event, "0-1-1"]);
  const jobs = [`${event}~${run.id}`, `0-1-1~${run.id}`];
  await act(world, run, jobs);
  // Its worker died before it recorded that.
  await world.redis.zadd(keys.runItems("p", run.id, "planned"), LONG_AGO, jobs[0]!);
  await act(world, run, jobs);
  expect(await jobIds(world, "p")).toEqual([event, `${event}~${run.id}`]);
  expect(await counts(world, run)).toMatchObject({ planned: 0, running: 1, skipped: 1 });
});

test("what was under way when the run was cancelled is recorded, so that it can be recovered", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 3);
  const run = await planned(world, { kind: "discard", filter: { processor: "p" } }, ids);
  await cancelRun(world.redis, "p", run.id, "");
  await act(world, run, ids.slice(0, 2));
  expect(await counts(world, run)).toMatchObject({ discarded: 2, planned: 1 });
  expect(await world.redis.pttl(keys.runItems("p", run.id, "discarded"))).toBeGreaterThan(0);
});

test("a letter that died again since it was planned is another one, and is not discarded", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 2);
  const run = await planned(world, { kind: "discard", filter: { processor: "p" } }, ids);
  await world.redis.zadd(keys.queue("p", "failed"), PLANNED_AT, ids[0]!, PLANNED_AT + 1, ids[1]!);
  await act(world, run, ids);
  expect(await counts(world, run)).toMatchObject({ planned: 0, discarded: 1, skipped: 1 });
  expect(await world.redis.zrange(keys.queue("p", "failed"), "0", "-1")).toEqual([ids[1]]);
});

test("what somebody else discarded since is not recovered with what a run discarded", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 3);
  for (const id of ids) await discardDeadLetter(world.redis, "p", id, { ...note, run: "r1" });
  const run = await planned(world, { kind: "recover", processor: "p", discardRun: "r1" }, ids);
  await recoverDeadLetter(world.redis, "p", ids[1]!);
  await discardDeadLetter(world.redis, "p", ids[1]!, note);
  await recoverDeadLetter(world.redis, "p", ids[2]!);
  await discardDeadLetter(world.redis, "p", ids[2]!, { ...note, run: "r2" });
  await act(world, run, ids);
  expect(await counts(world, run)).toMatchObject({ planned: 0, recovered: 1, skipped: 2 });
  expect(await world.redis.zcard(keys.discarded("p"))).toBe(2);
});

test("a backfill's job that was added before its worker died is counted, also if the inbox no longer holds its event", async () => {
  const world = await openWorld();
  const event = await acceptBody(world);
  const scope: RunScope = { kind: "backfill", processor: "p", from: 0, to: Date.now() };
  const run = await planned(world, scope, [event]);
  const job = `${event}~${run.id}`;
  await world.add("p", job);
  await world.redis.del(keys.inbox);
  await act(world, run, [job]);
  expect(await counts(world, run)).toMatchObject({ planned: 0, running: 1, skipped: 0 });
});

/** Erases an event after a run has read it, and before its job is there. */
function erasing(
  world: World,
  event: string,
  onAdded: () => Promise<unknown> = async () => {},
): World["queues"] {
  const { queues } = world;
  return {
    ...queues,
    get(name) {
      return new Proxy(queues.get(name), {
        get(target, field) {
          const value = Reflect.get(target, field, target) as unknown;
          if (field !== "addEvents") return value;
          return async (...args: Parameters<typeof target.addEvents>) => {
            expect(await eraseEntry(world.redis, event, 5)).toBe("erased");
            const added = await target.addEvents(...args);
            await onAdded();
            return added;
          };
        },
      });
    },
  };
}

test("what was added for an event that was erased at that moment says nothing either, if it runs by then", async () => {
  const world = await openWorld();
  const event = await acceptBody(world);
  await dispatched(world);
  const scope: RunScope = { kind: "backfill", processor: "p", from: 0, to: Date.now() };
  const run = await planned(world, scope, [event]);
  const job = `${event}~${run.id}`;
  const { opened, open } = gate();
  world.start(
    aRunnable(world, {
      async handle() {
        await opened;
        return handled();
      },
    }),
  );
  const looked = gate();
  const queues = erasing(world, event, async () => {
    await until(async () => (await stateOf(world, job)) === "active");
    looked.open();
  });
  let ended = false;
  const acting = act({ redis: world.redis, queues }, run, [job]).then(() => (ended = true));
  await looked.opened;
  // Without a wait, more calls than it makes.
  for (let i = 0; i < 50; i += 1) await world.redis.ping();
  expect(ended).toBe(false);
  open();
  await acting;
  expect((await world.queues.get("p").getJob(job))?.data).toMatchObject({ erased: 5 });
  expect((await world.queues.get("p").getJob(job))?.data).not.toHaveProperty("body");
});

test("what was added for an event that is erased at that moment says nothing either", async () => {
  const world = await openWorld();
  const events = [await acceptBody(world), await acceptBody(world)];
  await dispatched(world);
  const scope: RunScope = { kind: "backfill", processor: "p", from: 0, to: Date.now() };
  const run = await planned(world, scope, events);
  const { queues } = world;
  const jobs = events.map((event) => `${event}~${run.id}`);
  await act({ redis: world.redis, queues: erasing(world, events[0]!) }, run, jobs);
  const data = await Promise.all(jobs.map(async (job) => (await queues.get("p").getJob(job))?.data));
  expect(data).toMatchObject([{ erased: expect.any(Number) }, { body: expect.any(String) }]);
  expect(data[0]).not.toHaveProperty("body");
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
  const stored = await world.redis.hget(keys.queue("p", ids[0]!), "mk:discarded");
  expect(JSON.parse(stored!)).toMatchObject({ by: "mio", why: "mended", run: id });

  const back = await createTestRun(world, {
    scope: { kind: "recover", processor: "p", discardRun: id },
    until: Date.now() + 60_000,
  });
  expect(await untilRun(world, back, inState("done"))).toMatchObject({ items: { recovered: 250 } });
  expect(await world.redis.zrange(keys.discarded("p"), "0", "-1")).toEqual([kept]);
  expect(await world.redis.zscore(keys.queue("p", "failed"), ids[0]!)).toBe(String(LONG_AGO));
  expect(await world.redis.zcard(keys.dead("p", "by-attempts"))).toBe(250);
});
