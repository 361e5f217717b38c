import { handled } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import {
  aRunnable,
  anId,
  fieldsOf,
  historyOf,
  openWorld,
  untilState,
  type World,
} from "../test-support/world.ts";
import { eraseJob } from "./erase-job.ts";
import { beginRun, endRun, type HeldJob, recordStep, type RunEntry } from "./run-record.ts";

const RUN: RunEntry = { attempt: 1, worker: "w1", startedAt: 1_000 };

/** A job that somebody holds, without any worker. */
async function heldJob(world: World): Promise<{ job: HeldJob; lock: string }> {
  const id = await world.add("p");
  const lock = keys.queue("p", `${id}:lock`);
  await world.redis.set(lock, "mine");
  return { job: { queue: "p", id, token: "mine" }, lock };
}

test("a run that begins a second time, since the first reply was lost, is no crash", async () => {
  const world = await openWorld();
  const { job } = await heldJob(world);
  const first = await beginRun(world.redis, job, RUN);
  expect(first).toEqual({
    unended: undefined,
    history: [],
    crashes: 0,
    end: undefined,
    firstAttemptAt: 1_000,
    replays: 0,
  });
  expect(await beginRun(world.redis, job, RUN)).toEqual(first);
  const another = { ...RUN, worker: "w2" };
  expect(await beginRun(world.redis, job, another)).toMatchObject({ unended: RUN });
});

test("a run begins only under the job's lock", async () => {
  const world = await openWorld();
  const { job, lock } = await heldJob(world);
  await world.redis.set(lock, "another's");
  expect(await beginRun(world.redis, job, RUN)).toBeUndefined();
  await world.redis.del(lock);
  expect(await beginRun(world.redis, job, RUN)).toBeUndefined();
  expect(await fieldsOf(world, job.id)).not.toHaveProperty("mk:run");
});

test("an end is recorded although the lock has run out, but not while another runs the job", async () => {
  const world = await openWorld();
  const { job, lock } = await heldJob(world);
  const record = await beginRun(world.redis, job, RUN);
  if (!record) throw new Error("not held");
  await world.redis.set(lock, "another's");
  expect(await endRun(world.redis, job, record, RUN, { end: handled() })).toBe(false);
  await world.redis.del(lock);
  expect(await endRun(world.redis, job, record, RUN)).toBe(false);
  expect(await fieldsOf(world, job.id)).not.toHaveProperty("mk:history");
  expect(await endRun(world.redis, job, record, RUN, { end: handled() })).toBe(true);
  expect(await fieldsOf(world, job.id)).toMatchObject({ "mk:outcome": '{"type":"handled"}' });
});

test("a record makes no job of one that is gone", async () => {
  const world = await openWorld();
  const id = anId();
  const job = { queue: "p", id, token: "mine" };
  await world.redis.set(keys.queue("p", `${id}:lock`), "mine");
  expect(await recordStep(world.redis, job, "one", 1)).toBe(false);
  expect(await fieldsOf(world, id)).toEqual({});
});

test("what a handler with a lost lock did well counts, and is not done again", async () => {
  const world = await openWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      async handle() {
        runs += 1;
        // As after a block of the event loop that outlasts the lock.
        await world.redis.del(keys.queue("p", `${id}:lock`));
        return handled();
      },
    }),
    { lockMs: 500 },
  );
  const id = anId();
  await world.add("p", id);
  await untilState(world, id, "completed");
  expect(runs).toBe(1);
  expect(await historyOf(world, id)).toMatchObject([{ end: "handled" }]);
});

test("a run that outlived its lock brings nothing back of what was erased meanwhile", async () => {
  const world = await openWorld();
  const { job, lock } = await heldJob(world);
  const record = await beginRun(world.redis, job, RUN);
  if (!record) throw new Error("not held");
  await world.redis.del(lock);
  expect(await eraseJob(world.redis, "p", job.id, 5)).toBe("erased");
  expect(await endRun(world.redis, job, record, RUN, { end: handled("posted a secret") })).toBe(false);
  expect(JSON.stringify(await fieldsOf(world, job.id))).not.toContain("secret");
  // Whoever takes it next ends it.
  await world.redis.set(lock, "mine");
  expect(await endRun(world.redis, job, record, RUN, { end: handled() })).toBe(true);
});
