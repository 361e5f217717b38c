import { inboxState, readBatch } from "@misskeep/inbox";
import { connectRedis, DISPATCHERS, keys, waitUntilReady } from "@misskeep/redis";
import { farRedis, ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { acceptBody, heldEntries, jobIds, startTestDispatcher, subscribe } from "../test-support/inbox.ts";
import { openWorld, type World } from "../test-support/world.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };
const ALL = { all: { on: ["*"] } };

async function untilJobs(world: World, queue: string, ids: readonly string[]): Promise<void> {
  const wanted = JSON.stringify(ids.toSorted());
  await until(async () => JSON.stringify(await jobIds(world, queue)) === wanted);
}

/** Delivers an entry so many times in all, the last time to a dispatcher that died. */
async function delivered(world: World, id: string, times: number): Promise<void> {
  await world.redis.xclaim(keys.inbox, DISPATCHERS, "dead", 0, id.slice(2), "RETRYCOUNT", times, "JUSTID");
}

test("events that are there, and those that come, are dispatched", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  const before = [await acceptBody(world), await acceptBody(world)];
  const { dispatched } = startTestDispatcher(world);
  await untilJobs(world, "all", before);
  const after = await acceptBody(world);
  await untilJobs(world, "all", [...before, after]);
  await until(async () => (await inboxState(world.redis)).waiting === 0);
  expect(dispatched.reduce((sum, { jobs }) => sum + (jobs.get("all") ?? 0), 0)).toBe(3);
  expect(await heldEntries(world)).toEqual({});
});

test("two dispatchers share the work and dispatch each event once", async () => {
  const world = await openWorld();
  await subscribe(world, { all: { on: ["*"] }, more: { on: ["followed"] } });
  const one = startTestDispatcher(world, { consumer: "w1" });
  const two = startTestDispatcher(world, { consumer: "w2", redis: world.connect("command") });
  const ids: string[] = [];
  for (let i = 0; i < 100; i += 1) ids.push(await acceptBody(world));
  for (const queue of ["all", "more"]) await untilJobs(world, queue, ids);
  const count = [...one.dispatched, ...two.dispatched].reduce(
    (sum, { jobs }) => sum + (jobs.get("all") ?? 0),
    0,
  );
  expect(count).toBe(100);
});

test("what a dead dispatcher held is taken over", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  const ids = [await acceptBody(world), await acceptBody(world), await acceptBody(world)];
  await readBatch(world.redis, "dead", MANY);
  startTestDispatcher(world, { reclaimAfterMs: 1 });
  await untilJobs(world, "all", ids);
  await until(async () => Object.keys(await heldEntries(world)).length === 0);
  expect(
    world.log
      .filter(({ message }) => message.includes("took over"))
      .map(({ fields }) => fields["deliveries"]),
  ).toEqual([2, 2, 2]);
});

test("an event that stopped its dispatcher three times alone goes to quarantine; its companions do not", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  const innocent = await acceptBody(world);
  const poison = await acceptBody(world);
  const suspect = await acceptBody(world);
  await readBatch(world.redis, "dead", MANY);
  // Once in the batch, then alone.
  await delivered(world, innocent, 1);
  await delivered(world, poison, 4);
  await delivered(world, suspect, 3);
  startTestDispatcher(world, { reclaimAfterMs: 1 });
  await untilJobs(world, "quarantine", [poison]);
  await untilJobs(world, "all", [innocent, suspect]);
  const job = await world.queues.get("quarantine").getJob(poison);
  expect(job?.data.reason).toBe("It stopped its dispatcher 3 times.");
  await until(async () => Object.keys(await heldEntries(world)).length === 0);
});

test("an error of Redis' does not count against the events: they go back, and all are in later", async () => {
  const world = await openWorld();
  await subscribe(world, { good: { on: ["*"] }, bad: { on: ["*"] } });
  await world.redis.set(keys.queue("bad", "id"), "no number");
  const ids = [await acceptBody(world), await acceptBody(world)];
  startTestDispatcher(world, { reclaimAfterMs: 1 });
  // In two places: when it was read, and again when it was taken over.
  await until(() => world.log.filter(({ message }) => message.includes("took over")).length > ids.length * 3);
  await world.redis.del(keys.queue("bad", "id"));
  for (const queue of ["good", "bad"]) await untilJobs(world, queue, ids);
  await until(async () => Object.keys(await heldEntries(world)).length === 0);
  const deliveries = world.log
    .map(({ fields }) => fields["deliveries"])
    .filter((count) => count !== undefined);
  expect(Math.max(...(deliveries as number[]))).toBeLessThanOrEqual(2);
  expect(await jobIds(world, "quarantine")).toEqual([]);
});

test("without any subscription nothing is read; with the first one it goes on", async () => {
  const world = await openWorld();
  const redis = world.connect("command");
  await until(() => redis.status === "ready");
  const id = await acceptBody(world);
  let reads = 0;
  const send = redis.callBuffer.bind(redis);
  redis.callBuffer = ((...args: Parameters<typeof send>) => (
    (reads += 1),
    send(...args)
  )) as typeof redis.callBuffer;
  startTestDispatcher(world, { redis, reclaimAfterMs: 1 });
  await until(() => reads > 20);
  expect(await heldEntries(world)).toEqual({});
  expect(await inboxState(world.redis)).toMatchObject({ waiting: 1, unsubscribed: 0 });
  await subscribe(world, ALL);
  await untilJobs(world, "all", [id]);
});

test("a subscription gets what is dispatched after it, not what was before", async () => {
  const world = await openWorld();
  await subscribe(world, { old: { on: ["*"] } });
  startTestDispatcher(world);
  const first = await acceptBody(world);
  await untilJobs(world, "old", [first]);
  await subscribe(world, { old: { on: ["*"] }, new: { on: ["*"] } });
  const second = await acceptBody(world);
  await untilJobs(world, "old", [first, second]);
  await untilJobs(world, "new", [second]);
});

test("a Redis that comes back empty is gone on with", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  startTestDispatcher(world, { waitMs: 50 });
  await untilJobs(world, "all", [await acceptBody(world)]);
  await world.redis.flushdb();
  await subscribe(world, ALL);
  await until(() => world.redis.xinfo("GROUPS", keys.inbox));
  await untilJobs(world, "all", [await acceptBody(world)]);
});

test("a Redis that is restarted is gone on with, and nothing is lost", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.url);
  await subscribe(world, ALL);
  startTestDispatcher(world);
  const ids = [await acceptBody(world)];
  await untilJobs(world, "all", ids);
  await server.restart();
  ids.push(await until(() => acceptBody(world)));
  await untilJobs(world, "all", ids);
  expect(world.log.filter(({ level }) => level === "error").length).toBeLessThanOrEqual(2);
});

test("a stopped dispatcher holds nothing and leaves no registration", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  const { stop } = startTestDispatcher(world);
  await untilJobs(world, "all", [await acceptBody(world)]);
  await stop();
  expect(await heldEntries(world)).toEqual({});
  expect(await world.redis.xinfo("CONSUMERS", keys.inbox, DISPATCHERS)).toEqual([]);
  const left = await acceptBody(world);
  expect(await heldEntries(world)).toEqual({});
  expect(await jobIds(world, "all")).not.toContain(left);
});

test("a dispatcher stops in time although Redis is away", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.url);
  await subscribe(world, ALL);
  const blocking = world.connect("worker");
  const { stop } = startTestDispatcher(world, { blocking });
  await untilJobs(world, "all", [await acceptBody(world)]);
  await until(async () => (await world.redis.info("clients")).includes("blocked_clients:1"));
  await server.kill();
  // Its command waits for the next connection, which never comes.
  await until(() => blocking.status === "reconnecting", { every: 1 });
  await expect(stop()).resolves.toBeUndefined();
});

test("an event that comes just after a read that found nothing is not waited for", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  const redis = world.connect("command");
  const send = redis.callBuffer.bind(redis) as (...args: unknown[]) => Promise<unknown>;
  const ids = [await acceptBody(world)];
  redis.callBuffer = async (...args: unknown[]) => {
    const reply = (await send(...args)) as readonly unknown[][];
    // No entries, and the subscriptions.
    if (reply.length === 2 && reply[0]?.length === 0 && ids.length < 10) ids.push(await acceptBody(world));
    return reply;
  };
  // Nobody looks by chance.
  startTestDispatcher(world, { redis, reclaimEveryMs: 600_000, waitMs: 600_000 });
  await until(() => ids.length === 10);
  await untilJobs(world, "all", ids);
});

test("what it was given over a connection that was lost is dispatched after all, and soon", async () => {
  const far = await farRedis();
  onTestFinished(() => far.stop());
  const world = await openWorld(far.server.url);
  await subscribe(world, ALL);
  const redis = connectRedis({ url: far.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  // Nobody takes anything over, and nobody looks by chance.
  startTestDispatcher(world, { redis, reclaimEveryMs: 600_000, waitMs: 600_000 });
  const before = await acceptBody(world);
  await untilJobs(world, "all", [before]);
  // It waits for the next one, over another connection.
  await until(async () => (await world.redis.info("clients")).includes("blocked_clients:1"));
  far.network.mode("deaf");
  const id = await acceptBody(world);
  await until(async () => id in (await heldEntries(world)));
  far.network.mode("open");
  // Its read is asked again, and is given nothing then.
  await untilJobs(world, "all", [before, id]);
  await until(async () => Object.keys(await heldEntries(world)).length === 0);
});

test("replies that are lost never count against an event, however often", async () => {
  const world = await openWorld();
  await subscribe(world, ALL);
  const id = await acceptBody(world);
  const redis = world.connect("command");
  const send = redis.callBuffer.bind(redis) as (...args: unknown[]) => Promise<unknown>;
  let lost = 0;
  redis.callBuffer = async (...args: unknown[]) => {
    const reply = await send(...args);
    const gives = JSON.stringify(await heldEntries(world)).includes(id);
    if (!gives || lost === 8) return reply;
    lost += 1;
    throw new Error("Command timed out");
  };
  startTestDispatcher(world, { redis, reclaimAfterMs: 50_000 });
  await untilJobs(world, "all", [id]);
  expect(lost).toBe(8);
  expect(await jobIds(world, "quarantine")).toEqual([]);
});
