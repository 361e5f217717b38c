import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import { createTestRun, LONG_AGO } from "../../test-support/runs.ts";
import { openWorld, type World } from "../../test-support/world.ts";
import { replayDeadLetter } from "../dead-letters.ts";
import { pauseProcessor } from "../pause.ts";
import { act } from "./act.ts";
import { pauseRun } from "./change-state.ts";
import { scripts } from "./scripts.ts";
import { countItems, readRun, type StoredRun } from "./stored-run.ts";

const END = { type: "dead", error: { name: "Error", message: "broken" } };

/** A run with some letters planned that nobody executes. */
async function planned(world: World, ids: readonly string[], diedAt = LONG_AGO): Promise<StoredRun> {
  const id = await createTestRun(world);
  const places = [keys.run("p", id), keys.runItems("p", id, "planned")];
  await scripts.plan.run(world.redis, places, ["", "", ...ids.flatMap((each) => [diedAt, each])]);
  const run = await readRun(world.redis, "p", id);
  if (!run) throw new Error("There is no run.");
  return run;
}

async function dead(world: World, diedAt = LONG_AGO): Promise<string> {
  const id = await placeDead(world, { diedAt });
  await world.redis.hset(keys.queue("p", id), {
    "mk:outcome": JSON.stringify(END),
    "mk:crashes": 2,
    "mk:first": 1,
    "mk:step:one": "{}",
    "mk:run": "{}",
    "mk:replays": 3,
  });
  return id;
}

/** Everything of a processor's queue. */
async function dump({ redis }: World): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const key of (await redis.keys(keys.queue("p", "*"))).toSorted()) {
    const type = await redis.type(key);
    if (type === "hash") found[key] = await redis.hgetall(key);
    else if (type === "zset") found[key] = await redis.zrange(key, "0", "-1", "WITHSCORES");
    else if (type === "list") found[key] = await redis.lrange(key, 0, -1);
    else if (type === "string") found[key] = await redis.get(key);
    else found[key] = (await redis.xrange(key, "-", "+")).map(([, fields]) => fields);
  }
  return found;
}

test.each(["as it is", "paused", "with a limit that is reached"])(
  "a run's replay leaves a queue %s in the very state in which BullMQ's own retry leaves it",
  async (how) => {
    const [one, other] = [await openWorld(), await openWorld()];
    for (const world of [one, other]) {
      // Opening a queue writes its meta.
      await world.add("p", "0-1-1", { type: "note" });
      if (how === "paused") await pauseProcessor(world.redis, world.queues, "p", { by: "", why: "", at: 1 });
      if (how !== "as it is") await world.redis.del(keys.queue("p", "marker"));
      if (how.startsWith("with")) {
        await world.queues.get("p").setGlobalConcurrency(1);
        await world.redis.lpush(keys.queue("p", "active"), "0-1-2");
      }
    }
    const id = await dead(one);
    await other.redis.hset(keys.queue("p", id), await one.redis.hgetall(keys.queue("p", id)));
    await other.redis.zadd(keys.queue("p", "failed"), LONG_AGO, id);

    await act(one, await planned(one, [id]), [id]);
    expect(await replayDeadLetter(other.redis, other.queues, "p", id)).toBe(true);
    // Added at different moments.
    for (const world of [one, other]) await world.redis.hdel(keys.queue("p", "0-1-1"), "timestamp");
    const dumped = await dump(one);
    expect(dumped).toEqual(await dump(other));
    expect(dumped[keys.queue("p", id)]).toMatchObject({ "mk:replays": "4", "mk:step:one": "{}" });
  },
);

test("of a letter that is dealt with twice the second time changes nothing", async () => {
  const world = await openWorld();
  const id = await dead(world);
  const run = await planned(world, [id]);
  await act(world, run, [id]);
  // It has died again since.
  await world.redis.zadd(keys.queue("p", "failed"), Date.now(), id);
  await act(world, run, [id]);
  expect(await countItems(world.redis, "p", run.id)).toMatchObject({ running: 1, skipped: 0, planned: 0 });
  expect(await world.redis.hget(keys.queue("p", id), "mk:replays")).toBe("4");
});

test("a letter that died again since it was planned is another one, and is skipped", async () => {
  const world = await openWorld();
  const id = await dead(world, LONG_AGO + 1);
  const run = await planned(world, [id]);
  await act(world, run, [id]);
  expect(await countItems(world.redis, "p", run.id)).toMatchObject({ running: 0, skipped: 1 });
  expect(await world.redis.zscore(keys.queue("p", "failed"), id)).not.toBeNull();
});

test("one whose job is gone is skipped, and the others are replayed", async () => {
  const world = await openWorld();
  const [gone, there] = [await dead(world), await dead(world)];
  await world.redis.del(keys.queue("p", gone));
  const run = await planned(world, [gone, there]);
  await act(world, run, [gone, there]);
  expect(await countItems(world.redis, "p", run.id)).toMatchObject({ running: 1, skipped: 1 });
});

test("an outcome that says the job took effect stays", async () => {
  const world = await openWorld();
  const id = await dead(world);
  await world.redis.hset(keys.queue("p", id), "mk:outcome", '{"type":"handled"}');
  await act(world, await planned(world, [id]), [id]);
  expect(await world.redis.hget(keys.queue("p", id), "mk:outcome")).toBe('{"type":"handled"}');
});

test("nothing is replayed after the run was paused", async () => {
  const world = await openWorld();
  const id = await dead(world);
  const run = await planned(world, [id]);
  await pauseRun(world.redis, "p", run.id, "by mio");
  await act(world, run, [id]);
  expect(await countItems(world.redis, "p", run.id)).toMatchObject({ planned: 1, running: 0 });
  expect(await world.redis.zscore(keys.queue("p", "failed"), id)).not.toBeNull();
});

test("a page that another worker has added is not added again, when its letters are dealt with", async () => {
  const world = await openWorld();
  const id = await dead(world);
  const run = await planned(world, [id]);
  await act(world, run, [id]);
  const places = [keys.run("p", run.id), keys.runItems("p", run.id, "planned")];
  expect(await scripts.plan.run(world.redis, places, ["", "", LONG_AGO, id])).toBe(0);
  expect(await scripts.plan.run(world.redis, places, ["another", "", LONG_AGO, id])).toBe(0);
  expect(await countItems(world.redis, "p", run.id)).toMatchObject({ planned: 0, running: 1 });
});
