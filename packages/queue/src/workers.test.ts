import type { Subscription } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { subscribe } from "../test-support/inbox.ts";
import { openWorld, type World } from "../test-support/world.ts";
import { listSubscriptions } from "./subscriptions.ts";
import { keepBeating, listWorkers } from "./workers.ts";

const NOTES: Subscription = { on: ["note"] };
const FOLLOWS: Subscription = { on: ["followed"], hooks: ["main"] };

async function wishesOf(world: World, processor: string): Promise<readonly Subscription[] | undefined> {
  return (await listSubscriptions(world.redis)).get(processor)?.any;
}

/** Makes it so that a worker was last heard of this long ago. */
async function silentFor(world: World, worker: string, ms: number): Promise<void> {
  const stored = JSON.parse((await world.redis.hget(keys.workers, worker)) ?? "") as { seenAt: number };
  await world.redis.hset(keys.workers, worker, JSON.stringify({ ...stored, seenAt: stored.seenAt - ms }));
}

const worker = (id: string, startedAt = Date.now()): { id: string; startedAt: number } => ({ id, startedAt });

test("a processor's wishes are those of all its live workers, each once", async () => {
  const world = await openWorld();
  await subscribe(world, { p: NOTES }, worker("w1"));
  await subscribe(world, { p: FOLLOWS }, worker("w2"));
  await subscribe(world, { p: NOTES, q: NOTES }, worker("w3"));
  expect(await wishesOf(world, "p")).toHaveLength(2);
  expect(await wishesOf(world, "p")).toEqual(expect.arrayContaining([NOTES, FOLLOWS]));
  expect(await wishesOf(world, "q")).toEqual([NOTES]);
});

test("what only a silent worker wanted is dropped while another runs the processor", async () => {
  const world = await openWorld();
  await subscribe(world, { p: NOTES }, worker("old"));
  await subscribe(world, { p: FOLLOWS }, worker("new"));
  await silentFor(world, "old", 14_000);
  await subscribe(world, { p: FOLLOWS }, worker("new"));
  expect(await wishesOf(world, "p")).toHaveLength(2);
  await silentFor(world, "old", 2_000);
  await subscribe(world, { p: FOLLOWS }, worker("new"));
  expect(await wishesOf(world, "p")).toEqual([FOLLOWS]);
});

test("a subscription stays as it was while all the processor's workers are away", async () => {
  const world = await openWorld();
  await subscribe(world, { p: NOTES }, worker("w1"));
  const before = (await listSubscriptions(world.redis)).get("p");
  await silentFor(world, "w1", 3_600_000);
  await subscribe(world, { q: FOLLOWS }, worker("w2"));
  expect((await listSubscriptions(world.redis)).get("p")).toEqual(before);
  await world.redis.hdel(keys.workers, "w1");
  await subscribe(world, { q: FOLLOWS }, worker("w2"));
  expect((await listSubscriptions(world.redis)).get("p")).toEqual(before);
});

test("a subscription knows since when it is there, and when a worker was last heard of", async () => {
  const world = await openWorld();
  await subscribe(world, { p: NOTES }, worker("w1"));
  await world.redis.hset(keys.subscriptions, "p", JSON.stringify({ since: 7, seenAt: 7, any: [NOTES] }));
  await subscribe(world, { p: FOLLOWS }, worker("w1"));
  const found = (await listSubscriptions(world.redis)).get("p");
  expect(found).toEqual({ since: 7, seenAt: expect.any(Number), any: [FOLLOWS] });
  expect(found?.seenAt).toBeGreaterThan(7);
});

test("a processor that was removed stays away until a worker that started later brings it back", async () => {
  const world = await openWorld();
  const removedAt = Date.now();
  await world.redis.hset(keys.removed, "p", removedAt);
  await subscribe(world, { p: NOTES, q: NOTES }, worker("old", removedAt - 1));
  expect(await wishesOf(world, "p")).toBeUndefined();
  expect(await wishesOf(world, "q")).toEqual([NOTES]);
  await subscribe(world, { p: FOLLOWS }, worker("new", removedAt + 1));
  expect(await wishesOf(world, "p")).toEqual(expect.arrayContaining([FOLLOWS]));
  expect(await world.redis.hexists(keys.removed, "p")).toBe(0);
});

test("a worker is forgotten after a day, and live for 15 s", async () => {
  const world = await openWorld();
  for (const id of ["w1", "w2", "w3"]) await subscribe(world, { p: NOTES }, worker(id, 5));
  await silentFor(world, "w1", 24 * 3_600_000 + 60_000);
  await silentFor(world, "w2", 24 * 3_600_000 - 60_000);
  await subscribe(world, { p: NOTES }, worker("w3", 5));
  const workers = new Map((await listWorkers(world.redis)).map((each) => [each.id, each]));
  expect([...workers.keys()].toSorted()).toEqual(["w2", "w3"]);
  expect(workers.get("w2")?.live).toBe(false);
  expect(workers.get("w3")).toEqual({
    id: "w3",
    startedAt: 5,
    seenAt: expect.any(Number),
    about: { host: "test", pid: 1, version: "0" },
    processors: ["p"],
    live: true,
  });
});

test("two hundred processors, and texts of any kind, are registered whole", async () => {
  const world = await openWorld();
  const many = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `p${index}`,
      { on: ['quo"te', "back\\slash", "日本", `t${index}`] },
    ]),
  );
  await subscribe(world, many);
  await subscribe(world, many, worker("w2"));
  const found = await listSubscriptions(world.redis);
  expect(found.size).toBe(200);
  for (const [name, subscription] of Object.entries(many))
    expect(found.get(name)?.any).toEqual([subscription]);
});

test("a worker without any processor is a worker all the same", async () => {
  const world = await openWorld();
  await subscribe(world, {});
  expect(await listWorkers(world.redis)).toMatchObject([{ id: "w1", processors: [], live: true }]);
  expect((await listSubscriptions(world.redis)).size).toBe(0);
});

test("a worker that signs off is gone at once, its subscriptions stay", async () => {
  const world = await openWorld();
  const about = { host: "test", pid: 1, version: "0" };
  const signOff = await keepBeating(
    world.redis,
    { ...worker("w1"), about },
    new Map([["p", NOTES]]),
    () => undefined,
  );
  expect(await listWorkers(world.redis)).toHaveLength(1);
  await signOff();
  expect(await listWorkers(world.redis)).toEqual([]);
  expect(await wishesOf(world, "p")).toEqual([NOTES]);
});

test("a worker registers itself on a full Redis too: it is needed to empty it", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.url);
  await world.redis.config("SET", "maxmemory", "1");
  await subscribe(world, { p: NOTES });
  await subscribe(world, { p: FOLLOWS });
  expect(await listWorkers(world.redis)).toMatchObject([{ id: "w1", live: true }]);
  expect(await wishesOf(world, "p")).toEqual([FOLLOWS]);
});
