import { connectRedis, keys } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { acceptEvents, connect, prepareInbox, streamIdOf } from "../test-support/inbox.ts";
import { acknowledge, readBatch } from "./read.ts";
import { trim } from "./trim.ts";
import { lastEntryId, waitForEntryAfter } from "./wait.ts";

const FOR_EVER = 0;

async function twoConnections() {
  const url = await freshRedisUrl();
  const redis = await connect(url);
  await prepareInbox(redis);
  const blocking = connectRedis({ url, role: "worker" });
  onTestFinished(() => blocking.disconnect());
  return { redis, blocking };
}

/** Waits until Redis itself says that a client is blocked on this database's inbox. */
async function untilBlocked(redis: Awaited<ReturnType<typeof connect>>, id: number): Promise<void> {
  await expect
    .poll(async () => String(await redis.client("LIST", "ID", id)), { timeout: 10_000, interval: 5 })
    .toMatch(/ flags=b .* cmd=xread /);
}

test("waiting ends with the next entry, which stays for the dispatcher to read", async () => {
  const { redis, blocking } = await twoConnections();
  const id = await blocking.client("ID");
  const waiting = waitForEntryAfter(blocking, await lastEntryId(redis), FOR_EVER);
  await untilBlocked(redis, id);
  const ids = await acceptEvents(redis, 5);
  await waiting;
  const { entries } = await readBatch(redis, "w1", { entries: 10, bytes: 1_000 });
  expect(entries.map((entry) => entry.id)).toEqual(ids);
});

test("an entry that came between the look and the wait ends it at once", async () => {
  const { redis, blocking } = await twoConnections();
  const last = await lastEntryId(redis);
  await acceptEvents(redis, 5);
  expect(await waitForEntryAfter(blocking, last, FOR_EVER)).toBeUndefined();
});

test("waiting ends by its time, without an error", async () => {
  const { redis, blocking } = await twoConnections();
  await acceptEvents(redis, 5);
  expect(await waitForEntryAfter(blocking, await lastEntryId(redis), 20)).toBeUndefined();
});

test("all who wait wake up", async () => {
  const { redis, blocking } = await twoConnections();
  const other = blocking.duplicate();
  onTestFinished(() => other.disconnect());
  const clients = await Promise.all([blocking, other].map((each) => each.client("ID")));
  const last = await lastEntryId(redis);
  const waiting = [blocking, other].map((each) => waitForEntryAfter(each, last, FOR_EVER));
  await Promise.all(clients.map((id) => untilBlocked(redis, id)));
  await acceptEvents(redis, 5);
  expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
});

test("the last entry's id is known before the first entry, and after the last was trimmed", async () => {
  const { redis } = await twoConnections();
  expect(await lastEntryId(redis)).toBe("0-0");
  const ids = await acceptEvents(redis, 1, 2);
  expect(await lastEntryId(redis)).toBe(streamIdOf(ids[1]!));
  await readBatch(redis, "w1", { entries: 10, bytes: 1_000 });
  await acknowledge(redis, ids, 0);
  await trim(redis, { maxAgeMs: -1, maxBytes: 0 });
  expect(await redis.xlen(keys.inbox)).toBe(0);
  expect(await lastEntryId(redis)).toBe(streamIdOf(ids[1]!));
});
