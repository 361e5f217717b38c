import { DISPATCHERS, keys } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  acceptEvents,
  connect,
  emptyRedis,
  freshInbox,
  prepareInbox,
  WINDOW,
} from "../test-support/inbox.ts";
import { aDelivery } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { ensureGroup } from "./group.ts";
import { findEntry, inboxState } from "./look-up.ts";
import { acknowledge, readBatch } from "./read.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };

test("entries are read whole, oldest first, each once", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3);
  const { entries } = await readBatch(redis, "w1", MANY);
  expect(entries.map(({ id, body }) => [id, body.length])).toEqual(ids.map((id, index) => [id, index + 1]));
  expect(entries[0]).toEqual(await findEntry(redis, ids[0]!));
  expect((await readBatch(redis, "w1", MANY)).entries).toEqual([]);
});

test("a body keeps its bytes, whatever they are, on its way to a dispatcher", async () => {
  const redis = await freshInbox();
  const body = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 7) % 256));
  await accept(redis, aDelivery({ body }), undefined, WINDOW);
  const { entries } = await readBatch(redis, "w1", MANY);
  expect(entries[0]?.body.toString("hex")).toBe(body.toString("hex"));
});

test("a batch ends at its number of entries", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 1, 1);
  expect((await readBatch(redis, "w1", { ...MANY, entries: 2 })).entries.map(({ id }) => id)).toEqual(
    ids.slice(0, 2),
  );
  expect((await readBatch(redis, "w1", { ...MANY, entries: 2 })).entries.map(({ id }) => id)).toEqual(
    ids.slice(2),
  );
});

test.each([
  [99, 1],
  [100, 1],
  [101, 2],
  [300, 3],
  [1, 1],
])(
  "a batch of %s bytes ends with the entry of 100 bytes that reaches it: %s entries",
  async (bytes, count) => {
    const redis = await freshInbox();
    await acceptEvents(redis, 100, 100, 100, 100);
    expect((await readBatch(redis, "w1", { entries: 10, bytes })).entries).toHaveLength(count);
    expect((await readBatch(redis, "w1", MANY)).entries).toHaveLength(4 - count);
  },
);

test("one entry over the limit of bytes is read, alone", async () => {
  const redis = await freshInbox();
  await acceptEvents(redis, 5_000_000, 1);
  expect((await readBatch(redis, "w1", { entries: 10, bytes: 1_000_000 })).entries).toHaveLength(1);
});

test("without a subscription nothing is read, and nothing is passed over", async () => {
  const redis = await emptyRedis();
  await ensureGroup(redis);
  const ids = await acceptEvents(redis, 1);
  expect(await readBatch(redis, "w1", MANY)).toEqual({ entries: [], subscriptions: new Map() });
  await redis.hset(keys.subscriptions, "log", "{}");
  expect((await readBatch(redis, "w1", MANY)).entries.map(({ id }) => id)).toEqual(ids);
});

test("the subscriptions come with the entries, and also without any", async () => {
  const redis = await freshInbox();
  await redis.hset(keys.subscriptions, "discord", '{"on":["note"],"é":"\u{1f600}"}');
  const subscriptions = new Map([
    ["log", '{"on":"*"}'],
    ["discord", '{"on":["note"],"é":"\u{1f600}"}'],
  ]);
  expect((await readBatch(redis, "w1", MANY)).subscriptions).toEqual(subscriptions);
  await acceptEvents(redis, 1);
  expect((await readBatch(redis, "w1", MANY)).subscriptions).toEqual(subscriptions);
});

test("a subscription that was there before an event was accepted is in the batch that holds the event", async () => {
  const url = await freshRedisUrl();
  const [writer, reader] = await Promise.all([connect(url), connect(url)]);
  await prepareInbox(writer);
  const writing = (async () => {
    for (let number = 0; number < 100; number += 1) {
      await writer.hset(keys.subscriptions, `p${number}`, "{}");
      await accept(writer, aDelivery({ body: Buffer.from(`p${number}`) }), undefined, WINDOW);
    }
  })();
  for (let seen = 0; seen < 100;) {
    const { entries, subscriptions } = await readBatch(reader, "w1", MANY);
    for (const { body } of entries) expect(subscriptions.has(String(body))).toBe(true);
    seen += entries.length;
  }
  await writing;
});

test("many dispatchers at once never get the same entry, and together get all", async () => {
  const url = await freshRedisUrl();
  const connections = await Promise.all([1, 2, 3, 4].map(() => connect(url)));
  await prepareInbox(connections[0]!);
  const ids = await acceptEvents(
    connections[0]!,
    ...Array.from({ length: 200 }, (_, index) => 1 + (index % 9)),
  );
  const read = await Promise.all(
    connections.map(async (redis, index) => {
      const mine: string[] = [];
      for (;;) {
        const { entries } = await readBatch(redis, `w${index}`, { entries: 7, bytes: 20 });
        if (entries.length === 0) return mine;
        mine.push(...entries.map(({ id }) => id));
      }
    }),
  );
  expect(read.flat().toSorted()).toEqual(ids.toSorted());
});

test("the group begins at the first entry, however late it is created, and is created once", async () => {
  const redis = await emptyRedis();
  const ids = await acceptEvents(redis, 1, 2);
  await Promise.all([ensureGroup(redis), ensureGroup(redis), ensureGroup(redis)]);
  await redis.hset(keys.subscriptions, "log", "{}");
  expect((await readBatch(redis, "w1", MANY)).entries.map(({ id }) => id)).toEqual(ids);
  await ensureGroup(redis);
  expect((await readBatch(redis, "w1", MANY)).entries).toEqual([]);
});

test("a key under which no stream lies is an error of ensureGroup's", async () => {
  const redis = await emptyRedis();
  await redis.set(keys.inbox, "no stream");
  await expect(ensureGroup(redis)).rejects.toThrow(/WRONGTYPE/);
});

test("acknowledged entries are no longer held by anybody, but stay in the inbox", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3);
  await readBatch(redis, "w1", MANY);
  await acknowledge(redis, ids.slice(0, 2), 1);
  expect(await redis.xpending(keys.inbox, DISPATCHERS)).toEqual([
    1,
    ids[2]!.slice(2),
    ids[2]!.slice(2),
    [["w1", "1"]],
  ]);
  expect(await inboxState(redis)).toMatchObject({ entries: 3, waiting: 1, unsubscribed: 1 });
});

test("acknowledging nothing does nothing; acknowledging again counts nothing again", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2);
  await acknowledge(redis, [], 0);
  await readBatch(redis, "w1", MANY);
  await acknowledge(redis, ids, 2);
  await acknowledge(redis, ids, 2);
  expect(await inboxState(redis)).toMatchObject({ waiting: 0, unsubscribed: 2 });
});

test("what is no event id is refused, and nothing is acknowledged", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1);
  await readBatch(redis, "w1", MANY);
  await expect(acknowledge(redis, [...ids, "garbage"], 0)).rejects.toThrow(/Invalid stream ID/);
  expect((await inboxState(redis)).waiting).toBe(1);
});
