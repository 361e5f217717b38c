import { checkDurability, keys, type Redis } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { aDelivery, anIdentity, connect, contents, prepareInbox, WINDOW } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { ensureGroup } from "./group.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { listEntries } from "./list-entries.ts";
import { inboxState } from "./look-up.ts";
import { acknowledge, handBack, readBatch, reclaimOne } from "./read.ts";
import { trim } from "./trim.ts";

/** A server of the test's own: its limits are the whole server's. */
async function ownInbox(): Promise<Redis> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = await connect(server.url);
  await prepareInbox(redis);
  return redis;
}

let redis: Redis;
beforeEach(async () => {
  redis = await ownInbox();
});

async function fill(): Promise<void> {
  const { usedMemory } = await checkDurability(redis);
  await redis.config("SET", "maxmemory", Math.floor(usedMemory / 2));
}

/** Every entry has its key, every key its entry, and the counts fit both. */
async function expectWhole(): Promise<void> {
  const entries = await listEntries(redis, { limit: 10_000 });
  const seen = await redis.keys(keys.seen("*"));
  expect(new Set(entries.map(({ key }) => keys.seen(key)))).toEqual(new Set(seen));
  const { accepted, bytes } = await inboxState(redis);
  expect({ accepted, bytes }).toEqual({
    accepted: entries.length,
    bytes: entries.reduce((sum, { body }) => sum + body.length, 0),
  });
}

test("a full Redis refuses an event and nothing is half-written, at whatever event it gets full", async () => {
  const { usedMemory } = await checkDurability(redis);
  await redis.config("SET", "maxmemory", usedMemory + 300_000);
  let refused = 0;
  for (let number = 0; refused < 20; number += 1) {
    const delivery = aDelivery({ body: Buffer.alloc(1 + (number % 50) * 100, "x") });
    await accept(redis, delivery, anIdentity(`e${number}`), WINDOW).catch((error: Error) => {
      expect(error.message).toMatch(/^OOM/);
      refused += 1;
    });
  }
  expect((await inboxState(redis)).accepted).toBeGreaterThan(0);
  await expectWhole();
});

test("an event that a full Redis refused is accepted as new once there is room", async () => {
  await fill();
  await expect(accept(redis, aDelivery(), anIdentity("e"), WINDOW)).rejects.toThrow(/^OOM/);
  await redis.config("SET", "maxmemory", 0);
  expect((await accept(redis, aDelivery(), anIdentity("e"), WINDOW)).status).toBe("accepted");
  await expectWhole();
});

test("a full Redis refuses a duplicate and leaves its key and count as they were", async () => {
  await accept(redis, aDelivery(), anIdentity("e"), WINDOW);
  await redis.persist(keys.seen(idempotencyKey(aDelivery(), anIdentity("e")).digest));
  const before = await contents(redis);
  await fill();
  await expect(accept(redis, aDelivery(), anIdentity("e"), WINDOW)).rejects.toThrow(/^OOM/);
  expect(await contents(redis)).toEqual(before);
});

test("a full Redis still lets dispatchers start, read, hand back, reclaim, acknowledge and trim", async () => {
  for (const eventId of ["e1", "e2", "e3"]) await accept(redis, aDelivery(), anIdentity(eventId), WINDOW);
  await fill();
  await ensureGroup(redis);
  const { entries } = await readBatch(redis, "w1", { entries: 10, bytes: 1_000_000 });
  const ids = entries.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  await handBack(redis, "w1", ids);
  expect(await reclaimOne(redis, "w2")).toMatchObject({ id: ids[0] });
  await acknowledge(redis, ids, 2);
  expect(await inboxState(redis)).toMatchObject({ waiting: 0, unsubscribed: 2 });
  expect(await trim(redis, { maxAgeMs: 0, maxBytes: 0 })).toBe(3);
  expect(await inboxState(redis)).toMatchObject({ entries: 0, bytes: 0 });
});

test.each([
  ["too few replicas", () => redis.config("SET", "min-replicas-to-write", 1), /^NOREPLICAS/],
  ["a replica", () => redis.replicaof("127.0.0.1", 1), /^READONLY/],
])("%s refuses an event with the error that it was, and nothing is written", async (_, cause, message) => {
  const before = await redis.dbsize();
  await cause();
  await expect(accept(redis, aDelivery(), anIdentity("e"), WINDOW)).rejects.toThrow(message);
  await expect.poll(() => redis.dbsize().catch(() => undefined)).toBe(before);
});
