import { DISPATCHERS, keys } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import {
  acceptEvents,
  aDelivery,
  anIdentity,
  connect,
  emptyRedis,
  freshInbox,
  prepareInbox,
  WINDOW,
} from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { eraseEntry } from "./erase-entry.ts";
import { ensureGroup } from "./group.ts";
import { findDuplicates, findEntry, inboxState } from "./look-up.ts";
import { acknowledge, handBack, readBatch } from "./read.ts";
import { trim } from "./trim.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };
const acceptedAt = (id: string | undefined): number => Number(id?.split("-")[1]);

test("an empty Redis is an empty inbox, and so is one with only the group", async () => {
  const redis = await emptyRedis();
  const empty = {
    accepted: 0,
    duplicates: 0,
    unsubscribed: 0,
    entries: 0,
    bytes: 0,
    waiting: 0,
    oldestReceivedAt: undefined,
    oldestWaitingAt: undefined,
    newest: undefined,
  };
  expect(await inboxState(redis)).toEqual(empty);
  await ensureGroup(redis);
  expect(await inboxState(redis)).toEqual(empty);
});

test("before there is a group, everything waits", async () => {
  const redis = await emptyRedis();
  const ids = await acceptEvents(redis, 1, 2, 3);
  expect(await inboxState(redis)).toMatchObject({ waiting: 3, oldestWaitingAt: acceptedAt(ids[0]) });
  await ensureGroup(redis);
  expect(await inboxState(redis)).toMatchObject({ waiting: 3, oldestWaitingAt: acceptedAt(ids[0]) });
});

test("the state tells what waits: not read, held, or handed back, and since when", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 10, 20, 30, 40);
  const state = () => inboxState(redis);
  expect(await state()).toMatchObject({
    entries: 4,
    bytes: 100,
    waiting: 4,
    oldestWaitingAt: acceptedAt(ids[0]),
  });
  await readBatch(redis, "w1", { ...MANY, entries: 2 });
  expect(await state()).toMatchObject({ waiting: 4, oldestWaitingAt: acceptedAt(ids[0]) });
  await acknowledge(redis, [ids[0]!], 0);
  expect(await state()).toMatchObject({ waiting: 3, oldestWaitingAt: acceptedAt(ids[1]) });
  await handBack(redis, "w1", [ids[1]!]);
  expect(await state()).toMatchObject({ waiting: 3, oldestWaitingAt: acceptedAt(ids[1]) });
  await acknowledge(redis, [ids[1]!], 1);
  expect(await state()).toMatchObject({ waiting: 2, oldestWaitingAt: acceptedAt(ids[2]) });
  await readBatch(redis, "w1", MANY);
  await acknowledge(redis, ids.slice(2), 0);
  expect(await state()).toMatchObject({
    accepted: 4,
    entries: 4,
    waiting: 0,
    oldestWaitingAt: undefined,
    unsubscribed: 1,
    newest: await findEntry(redis, ids[3]!),
  });
});

test("what waits is counted rightly after trimming, and for a group made anew", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 1, 1, 1);
  await readBatch(redis, "w1", { ...MANY, entries: 2 });
  await acknowledge(redis, ids.slice(0, 2), 0);
  await trim(redis, { maxAgeMs: -1, maxBytes: 0 });
  expect(await inboxState(redis)).toMatchObject({
    entries: 2,
    waiting: 2,
    oldestWaitingAt: acceptedAt(ids[2]),
  });
  await redis.xgroup("DESTROY", keys.inbox, DISPATCHERS);
  expect(await inboxState(redis)).toMatchObject({
    entries: 2,
    waiting: 2,
    oldestWaitingAt: acceptedAt(ids[2]),
  });
  await ensureGroup(redis);
  await readBatch(redis, "w1", { ...MANY, entries: 1 });
  expect(await inboxState(redis)).toMatchObject({
    entries: 2,
    waiting: 2,
    oldestWaitingAt: acceptedAt(ids[2]),
  });
  await acknowledge(redis, [ids[2]!], 0);
  expect(await inboxState(redis)).toMatchObject({
    entries: 2,
    waiting: 1,
    oldestWaitingAt: acceptedAt(ids[3]),
  });
});

test("what waits is counted rightly while Redis cannot tell: the last one given was erased, the group is new", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 1, 1, 1, 1);
  await readBatch(redis, "w1", { ...MANY, entries: 2 });
  await acknowledge(redis, ids.slice(0, 2), 0);
  await eraseEntry(redis, ids[1]!, 1);
  const group = ((await redis.xinfo("GROUPS", keys.inbox)) as unknown[][])[0]!;
  expect(group[group.indexOf("lag") + 1]).toBeNull();
  expect(await inboxState(redis)).toMatchObject({ waiting: 3, oldestWaitingAt: acceptedAt(ids[2]) });
  await redis.xgroup("DESTROY", keys.inbox, DISPATCHERS);
  await ensureGroup(redis);
  expect(await inboxState(redis)).toMatchObject({ waiting: 4 });
});

test("what waits is counted rightly after Redis has restarted", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = await connect(server.url);
  await prepareInbox(redis);
  const ids = await acceptEvents(redis, 1, 1, 1, 1);
  await readBatch(redis, "w1", { ...MANY, entries: 2 });
  await acknowledge(redis, ids.slice(0, 2), 0);
  await server.kill();
  await server.restart();
  const again = await connect(server.url);
  expect(await inboxState(again)).toMatchObject({ accepted: 4, waiting: 2 });
  await readBatch(again, "w1", MANY);
  await acknowledge(again, ids.slice(2), 0);
  expect(await inboxState(again)).toMatchObject({ waiting: 0 });
  await acceptEvents(again, 1);
  expect(await inboxState(again)).toMatchObject({ waiting: 1 });
});

test("what waits is counted rightly in an inbox of a version that did not count what was read", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 1, 1);
  await readBatch(redis, "w1", { ...MANY, entries: 2 });
  await acknowledge(redis, ids.slice(0, 2), 0);
  await redis.hdel(keys.counts, "read");
  await ensureGroup(redis);
  expect(await inboxState(redis)).toMatchObject({ waiting: 1 });
});

test("how far back the inbox reaches is told by when its oldest entry was received", async () => {
  const redis = await freshInbox();
  const receivedAt = 1_700_000_000_000;
  await accept(redis, aDelivery({ receivedAt }), anIdentity("spooled"), WINDOW);
  const [later] = await acceptEvents(redis, 1);
  expect(await inboxState(redis)).toMatchObject({ oldestReceivedAt: receivedAt, newest: { id: later } });
});

test("another group on the stream changes nothing", async () => {
  const redis = await freshInbox();
  await acceptEvents(redis, 1, 1);
  await redis.xgroup("CREATE", keys.inbox, "a-stranger", "$");
  await redis.xgroup("CREATE", keys.inbox, "zz-stranger", "$");
  expect((await inboxState(redis)).waiting).toBe(2);
  expect(await trim(redis, { maxAgeMs: -1, maxBytes: 0 })).toBe(0);
});

test("an entry is found by its id; another one, another shard's, or no id finds nothing", async () => {
  const redis = await freshInbox();
  const [id] = await acceptEvents(redis, 3);
  expect(await findEntry(redis, id!)).toMatchObject({ id, hook: "default" });
  for (const wrong of [`${id!}1`, `1${id!.slice(1)}`, "garbage", "", "-", "0-+-"]) {
    expect(await findEntry(redis, wrong)).toBeUndefined();
  }
});

test("an entry that accept did not write is an error that names it", async () => {
  const redis = await freshInbox();
  const id = await redis.xadd(keys.inbox, "*", "hook", "default");
  await expect(findEntry(redis, `0-${id}`)).rejects.toThrow(`Inbox entry ${id} has no field`);
});

test("duplicates are told of the entry that they repeated: how many, and when the last came", async () => {
  const redis = await freshInbox();
  const { id } = await accept(redis, aDelivery({ receivedAt: 1_000 }), anIdentity("e"), WINDOW);
  const entry = (await findEntry(redis, id))!;
  expect(await findDuplicates(redis, entry)).toEqual({ count: 0, last: undefined });
  await accept(redis, aDelivery({ receivedAt: 61_000 }), anIdentity("e"), WINDOW);
  await accept(redis, aDelivery({ receivedAt: 241_000 }), anIdentity("e"), WINDOW);
  expect(await findDuplicates(redis, entry)).toEqual({ count: 2, last: 241_000 });
});

test("duplicates that bytes decide are told of their first copy, over a span's end", async () => {
  const redis = await freshInbox();
  const spanStart = 2_000_000 * 15 * 60_000;
  const { id } = await accept(redis, aDelivery({ receivedAt: spanStart - 1 }), undefined, WINDOW);
  const other = await accept(redis, aDelivery({ receivedAt: spanStart + 20 * 60_000 }), undefined, WINDOW);
  await accept(redis, aDelivery({ receivedAt: spanStart }), undefined, WINDOW);
  expect(await findDuplicates(redis, (await findEntry(redis, id))!)).toEqual({ count: 1, last: spanStart });
  expect(await findDuplicates(redis, (await findEntry(redis, other.id))!)).toEqual({
    count: 0,
    last: undefined,
  });
});

test("once the window has passed, and also when the key is another event's by then, nothing is told", async () => {
  const redis = await freshInbox();
  const { id } = await accept(redis, aDelivery(), anIdentity("e"), WINDOW);
  const entry = (await findEntry(redis, id))!;
  await redis.del(keys.seen(entry.key));
  expect(await findDuplicates(redis, entry)).toBeUndefined();
  await accept(redis, aDelivery(), anIdentity("e"), WINDOW);
  expect(await findDuplicates(redis, entry)).toBeUndefined();
});
