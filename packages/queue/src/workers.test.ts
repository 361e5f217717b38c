import type { Subscription } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { subscribe } from "../test-support/inbox.ts";
import { openWorld, type World } from "../test-support/world.ts";
import { listSubscriptions } from "./subscriptions.ts";
import { longestRunning, type WorkerDetails } from "./worker-about.ts";
import { beat, keepBeating, listWorkers } from "./workers.ts";

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
    stoppedAt: null,
    clockAheadMs: null,
    about: { host: "test", pid: 1, version: "0", rssBytes: null, running: [], off: [], rules: {} },
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

const ABOUT = { host: "test", pid: 1, version: "0" };

test("a worker that signs off counts no longer and is known to have stopped; its subscriptions stay", async () => {
  const world = await openWorld();
  const signOff = await keepBeating(
    world.redis,
    { ...worker("w1"), about: ABOUT },
    new Map([["p", NOTES]]),
    () => undefined,
  );
  expect(await listWorkers(world.redis)).toMatchObject([{ live: true, stoppedAt: null }]);
  await signOff();
  expect(await listWorkers(world.redis)).toMatchObject([{ live: false, stoppedAt: expect.any(Number) }]);
  expect(await wishesOf(world, "p")).toEqual([NOTES]);
  // What it alone wanted goes at once, not after 15 s.
  await subscribe(world, { p: FOLLOWS }, worker("w2"));
  expect(await wishesOf(world, "p")).toEqual([FOLLOWS]);
});

test("a worker that signed off is forgotten after an hour, with what it said of itself", async () => {
  const world = await openWorld();
  const stoppedAgo = async (id: string, ms: number): Promise<void> => {
    const details = { off: [], rules: {} };
    const wishes = new Map([["p", NOTES]]);
    const signOff = await keepBeating(
      world.redis,
      { ...worker(id), about: ABOUT, details },
      wishes,
      () => {},
    );
    await signOff();
    const stored = JSON.parse((await world.redis.hget(keys.workers, id)) ?? "") as { stoppedAt: number };
    const earlier = { ...stored, stoppedAt: stored.stoppedAt - ms };
    await world.redis.hset(keys.workers, id, JSON.stringify(earlier));
  };
  await stoppedAgo("w1", 3_600_000 + 60_000);
  await stoppedAgo("w2", 3_600_000 - 60_000);
  await subscribe(world, {}, worker("w3"));
  expect((await listWorkers(world.redis)).map(({ id }) => id).toSorted()).toEqual(["w2", "w3"]);
  expect(await world.redis.hkeys(keys.workerDetails)).toEqual(["w2"]);
});

const DETAILS: WorkerDetails = {
  off: [{ name: "relay", why: "RELAY_URL is not set", partly: false, settings: [] }],
  rules: {
    p: {
      attempts: 3,
      backoffMs: [1_000, 2_000],
      maxAgeMs: 60_000,
      timeoutMs: 30_000,
      concurrency: 4,
      rateLimit: null,
      settings: [{ name: "P_URL", isSet: true, value: "https://example.com/••••", secret: true }],
    },
  },
};

test("a worker says what it runs at each beat, and its rules again once Redis has forgotten them", async () => {
  const world = await openWorld();
  let rssBytes = 1;
  const running = [{ processor: "p", jobId: "0-1-1", since: 5 }];
  const about = {
    ...worker("w1"),
    about: ABOUT,
    state: () => ({ at: Date.now(), rssBytes: (rssBytes += 1), running }),
    details: DETAILS,
  };
  await beat(world.redis, about, new Map());
  await beat(world.redis, about, new Map());
  expect(await listWorkers(world.redis)).toMatchObject([
    { about: { ...ABOUT, rssBytes: 3, running, ...DETAILS }, clockAheadMs: expect.any(Number) },
  ]);
  await world.redis.del(keys.workerDetails);
  await beat(world.redis, about, new Map());
  expect(await listWorkers(world.redis)).toMatchObject([{ about: DETAILS }]);
});

test("the larger part of what a worker says is written once, so that a beat stays small", async () => {
  const world = await openWorld();
  const about = { ...worker("w1"), about: ABOUT, details: DETAILS };
  await beat(world.redis, about, new Map([["p", NOTES]]));
  await world.redis.hset(keys.workerDetails, "w1", JSON.stringify({ off: [], rules: {} }));
  await beat(world.redis, about, new Map([["p", NOTES]]));
  expect(await listWorkers(world.redis)).toMatchObject([{ about: { off: [], rules: {} } }]);
});

test("a clock that is wrong is seen at the next beat", async () => {
  const world = await openWorld();
  const state = () => ({ at: Date.now() + 3_600_000, rssBytes: 1, running: [] });
  await beat(world.redis, { ...worker("w1"), about: ABOUT, state }, new Map());
  const [found] = await listWorkers(world.redis);
  expect(found?.clockAheadMs).toBeGreaterThan(3_000_000);
});

test("of what runs only the fifty that run longest are named", () => {
  const many = Array.from({ length: 70 }, (_, index) => ({
    processor: "p",
    jobId: `j${index}`,
    since: 100 - index,
  }));
  const named = longestRunning(many);
  expect(named).toHaveLength(50);
  expect(named[0]?.jobId).toBe("j69");
  expect(named.at(-1)?.jobId).toBe("j20");
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
  const signOff = await keepBeating(
    world.redis,
    { ...worker("w1"), about: ABOUT, details: DETAILS },
    new Map([["p", NOTES]]),
    () => undefined,
  );
  expect(await listWorkers(world.redis)).toMatchObject([{ about: DETAILS }]);
  await signOff();
  expect(await listWorkers(world.redis)).toMatchObject([{ live: false, stoppedAt: expect.any(Number) }]);
});
