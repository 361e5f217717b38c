import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { expect, test } from "vitest";
import { acceptEvents, emptyRedis, freshInbox, streamIdOf } from "../test-support/inbox.ts";
import type { EventId } from "./event-id.ts";
import { ensureGroup } from "./group.ts";
import { findEntry, inboxState } from "./look-up.ts";
import { acknowledge, handBack, readBatch, RECLAIM_AFTER_MS, reclaimOne, removeConsumer } from "./read.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };

/** Makes it so that an entry has been held for this long. Leaves its deliveries. */
async function heldFor(redis: Redis, consumer: string, id: EventId, ms: number): Promise<void> {
  await redis.xclaim(keys.inbox, DISPATCHERS, consumer, 0, streamIdOf(id), "IDLE", ms, "JUSTID");
}

/** Who holds each entry, and how often it was delivered. */
async function holdings(redis: Redis): Promise<Record<string, [consumer: string, deliveries: number]>> {
  const pending = (await redis.xpending(keys.inbox, DISPATCHERS, "-", "+", 100)) as [
    string,
    string,
    number,
    number,
  ][];
  return Object.fromEntries(
    pending.map(([id, consumer, , deliveries]) => [`0-${id}`, [consumer, deliveries]]),
  );
}

async function consumers(redis: Redis): Promise<string[]> {
  const list = (await redis.xinfo("CONSUMERS", keys.inbox, DISPATCHERS)) as unknown[][];
  return list.map((each) => String(each[each.indexOf("name") + 1])).toSorted();
}

test("an entry is reclaimed only after its time", async () => {
  const redis = await freshInbox();
  const [id] = await acceptEvents(redis, 1);
  await readBatch(redis, "w1", MANY);
  expect(await reclaimOne(redis, "w2")).toBeUndefined();
  await heldFor(redis, "w1", id!, RECLAIM_AFTER_MS - 10_000);
  expect(await reclaimOne(redis, "w2")).toBeUndefined();
  await heldFor(redis, "w1", id!, RECLAIM_AFTER_MS);
  expect(await reclaimOne(redis, "w2")).toEqual({
    id,
    entry: await findEntry(redis, id!),
    deliveries: 2,
    subscriptions: new Map([["log", '{"on":"*"}']]),
  });
});

test("a reclaimed entry is held anew: nobody else gets it meanwhile", async () => {
  const redis = await freshInbox();
  const [id] = await acceptEvents(redis, 1);
  await readBatch(redis, "w1", MANY);
  await heldFor(redis, "w1", id!, RECLAIM_AFTER_MS);
  const reclaimed = await Promise.all(["w2", "w3", "w4"].map((name) => reclaimOne(redis, name)));
  expect(reclaimed.filter((each) => each !== undefined)).toHaveLength(1);
  expect(Object.keys(await holdings(redis))).toEqual([id]);
});

test("entries come back one at a time, oldest first, each delivery counted", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await readBatch(redis, "w1", MANY);
  for (let deliveries = 2; deliveries <= 4; deliveries += 1) {
    for (const id of ids) await heldFor(redis, "w1", id, RECLAIM_AFTER_MS);
    expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[0], deliveries });
    expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[1], deliveries });
    expect(await reclaimOne(redis, "w2")).toBeUndefined();
  }
});

test("an entry that is held too long does not hide those after it that are held longer", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await readBatch(redis, "w1", MANY);
  await heldFor(redis, "w1", ids[1]!, RECLAIM_AFTER_MS);
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[1] });
});

test("an entry that is gone from the stream is told and acknowledged", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await readBatch(redis, "w1", MANY);
  for (const id of ids) await heldFor(redis, "w1", id, RECLAIM_AFTER_MS);
  await redis.xdel(keys.inbox, streamIdOf(ids[0]!));
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[0], entry: undefined });
  expect(Object.keys(await holdings(redis))).toEqual([ids[1]]);
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[1] });
});

test("without a subscription nothing is reclaimed and no delivery counted", async () => {
  const redis = await freshInbox();
  const [id] = await acceptEvents(redis, 1);
  await readBatch(redis, "w1", MANY);
  await heldFor(redis, "w1", id!, RECLAIM_AFTER_MS);
  await redis.del(keys.subscriptions);
  expect(await reclaimOne(redis, "w2")).toBeUndefined();
  expect(await holdings(redis)).toEqual({ [id!]: ["w1", 1] });
});

test("what is handed back is there for anybody at once, and the delivery is not counted", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await readBatch(redis, "w1", MANY);
  await handBack(redis, "w1", ids);
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[0], deliveries: 1 });
  expect(await reclaimOne(redis, "w1")).toMatchObject({ id: ids[1], deliveries: 1 });
  expect(await inboxState(redis)).toMatchObject({
    waiting: 2,
    oldestWaitingAt: Number(ids[0]!.split("-")[1]),
  });
});

test("an entry that crashed two dispatchers and is handed back by a third still has its two deliveries", async () => {
  const redis = await freshInbox();
  const [id] = await acceptEvents(redis, 1);
  await readBatch(redis, "w1", MANY);
  await heldFor(redis, "w1", id!, RECLAIM_AFTER_MS);
  await reclaimOne(redis, "w2");
  await heldFor(redis, "w2", id!, RECLAIM_AFTER_MS);
  expect(await reclaimOne(redis, "w3")).toMatchObject({ deliveries: 3 });
  await handBack(redis, "w3", [id!]);
  // As when the reply to the first call was lost.
  await handBack(redis, "w3", [id!]);
  expect(await reclaimOne(redis, "w4")).toMatchObject({ deliveries: 3 });
});

test("only own entries are handed back: one that another took over, or that is done, is let alone", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3);
  await readBatch(redis, "w1", MANY);
  await heldFor(redis, "w1", ids[0]!, RECLAIM_AFTER_MS);
  await reclaimOne(redis, "w2");
  await acknowledge(redis, [ids[1]!], 0);
  await handBack(redis, "w1", ids);
  await handBack(redis, "nobody", ids);
  expect(await reclaimOne(redis, "w3")).toMatchObject({ id: ids[2] });
  expect(await reclaimOne(redis, "w3")).toBeUndefined();
  expect(await holdings(redis)).toEqual({ [ids[0]!]: ["w2", 2], [ids[2]!]: ["w3", 1] });
});

test("handing back nothing does nothing", async () => {
  const redis = await freshInbox();
  await handBack(redis, "w1", []);
  expect(await consumers(redis)).toEqual([]);
});

test("a dispatcher's registration ends once it holds nothing, and no entry is lost", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await readBatch(redis, "w1", MANY);
  expect(await removeConsumer(redis, "w1")).toBe(false);
  await acknowledge(redis, [ids[0]!], 0);
  expect(await removeConsumer(redis, "w1")).toBe(false);
  expect(await holdings(redis)).toEqual({ [ids[1]!]: ["w1", 1] });
  await acknowledge(redis, [ids[1]!], 0);
  expect(await removeConsumer(redis, "w1")).toBe(true);
  expect(await consumers(redis)).toEqual([]);
});

test("a dispatcher that handed everything back can be removed, and others get its entries", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await readBatch(redis, "w1", MANY);
  await handBack(redis, "w1", ids);
  expect(await removeConsumer(redis, "w1")).toBe(true);
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[0] });
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[1] });
});

test("ending a registration that is not there is fine", async () => {
  const redis = await freshInbox();
  expect(await removeConsumer(redis, "nobody")).toBe(true);
});

test("before there is a group, reading, reclaiming and removing are errors that say so", async () => {
  const redis = await emptyRedis();
  await redis.hset(keys.subscriptions, "log", "{}");
  await expect(readBatch(redis, "w1", MANY)).rejects.toThrow(/NOGROUP/);
  await expect(reclaimOne(redis, "w1")).rejects.toThrow(/NOGROUP/);
  await expect(removeConsumer(redis, "w1")).rejects.toThrow(/NOGROUP/);
  await ensureGroup(redis);
  expect((await readBatch(redis, "w1", MANY)).entries).toEqual([]);
});
