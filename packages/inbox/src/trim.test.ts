import { keys, type Redis } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  acceptEvents,
  connect,
  DAY_MS,
  emptyRedis,
  freshInbox,
  prepareInbox,
} from "../test-support/inbox.ts";
import type { EventId } from "./event-id.ts";
import { listEntries } from "./list-entries.ts";
import { inboxState } from "./look-up.ts";
import { acknowledge, readBatch } from "./read.ts";
import { trim } from "./trim.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };
const NOTHING_MAY_STAY = { maxAgeMs: 0, maxBytes: 0 };
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

async function dispatch(redis: Redis, count: number): Promise<void> {
  const { entries } = await readBatch(redis, "w1", { ...MANY, entries: count });
  await acknowledge(
    redis,
    entries.map(({ id }) => id),
    0,
  );
}

async function kept(redis: Redis): Promise<EventId[]> {
  return (await listEntries(redis, { limit: 1_000 })).map(({ id }) => id).toReversed();
}

/** Adds an entry as `accept` would have at that time. */
async function acceptedAt(redis: Redis, time: number, size: number): Promise<void> {
  const fields = ["hook", "default", "key", "k", "receivedAt", time, "meta", "{}", "body", "x".repeat(size)];
  await redis.xadd(keys.inbox, `${time}-0`, ...fields);
  await redis.hincrby(keys.counts, "bytes", size);
}

test("without an inbox, and without a group, nothing is trimmed", async () => {
  const redis = await emptyRedis();
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(0);
  await acceptEvents(redis, 1, 2);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(0);
  expect(await inboxState(redis)).toMatchObject({ entries: 2, bytes: 3 });
});

test("entries that nobody read stay, whatever the limits", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(0);
  await dispatch(redis, 1);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(1);
  expect(await kept(redis)).toEqual(ids.slice(1));
});

test("an entry that a dispatcher holds stays, and all after it, though they are dispatched", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3, 4);
  await readBatch(redis, "crashed", MANY);
  await acknowledge(redis, [ids[0]!, ids[2]!, ids[3]!], 0);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(1);
  expect(await kept(redis)).toEqual(ids.slice(1));
  await acknowledge(redis, [ids[1]!], 0);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(3);
  expect(await inboxState(redis)).toMatchObject({ entries: 0, bytes: 0, waiting: 0 });
});

test("what is dispatched goes by its age, and only then", async () => {
  const redis = await freshInbox();
  const now = Date.now();
  await acceptedAt(redis, now - 8 * DAY_MS, 10);
  await acceptedAt(redis, now - 6 * DAY_MS, 10);
  const [young] = await acceptEvents(redis, 10);
  await dispatch(redis, 3);
  expect(await trim(redis, { maxAgeMs: 7 * DAY_MS, maxBytes: NO_LIMIT })).toBe(1);
  expect(await kept(redis)).toEqual([`0-${now - 6 * DAY_MS}-0`, young]);
  expect(await trim(redis, { maxAgeMs: 5 * DAY_MS, maxBytes: NO_LIMIT })).toBe(1);
  expect(await inboxState(redis)).toMatchObject({ entries: 1, bytes: 10 });
});

test.each([
  [111_111, 0],
  [111_110, 1],
  [111_101, 1],
  [111_100, 2],
  [111_000, 3],
  [110_999, 4],
  [100_000, 5],
  [99_999, 6],
])(
  "of bodies of 10, 1, 100, 1,000, 10,000 and 100,000 bytes, %s may stay: %s go, oldest first",
  async (maxBytes, gone) => {
    const redis = await freshInbox();
    const sizes = [10, 1, 100, 1_000, 10_000, 100_000];
    const ids = await acceptEvents(redis, ...sizes);
    await dispatch(redis, sizes.length);
    expect(await trim(redis, { maxAgeMs: NO_LIMIT, maxBytes })).toBe(gone);
    expect(await kept(redis)).toEqual(ids.slice(gone));
    const bytes = sizes.slice(gone).reduce((sum, size) => sum + size, 0);
    expect(await inboxState(redis)).toMatchObject({ entries: sizes.length - gone, bytes });
  },
);

test("undispatched entries over the limit make dispatched ones go, but stay", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 10, 10, 1_000);
  await dispatch(redis, 2);
  expect(await trim(redis, { maxAgeMs: NO_LIMIT, maxBytes: 500 })).toBe(2);
  expect(await kept(redis)).toEqual(ids.slice(2));
});

test("more than one call's worth goes in one trim, to the exact byte", async () => {
  const redis = await freshInbox();
  const sizes = Array.from({ length: 350 }, (_, index) => 1 + (index % 13));
  const ids = await acceptEvents(redis, ...sizes);
  await dispatch(redis, 330);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(330);
  expect(await kept(redis)).toEqual(ids.slice(330));
  expect((await inboxState(redis)).bytes).toBe(sizes.slice(330).reduce((sum, size) => sum + size, 0));
});

test("exactly one call's worth goes, and the next call finds nothing", async () => {
  const redis = await freshInbox();
  await acceptEvents(redis, ...Array.from({ length: 100 }, () => 5));
  await dispatch(redis, 100);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(100);
  expect(await inboxState(redis)).toMatchObject({ entries: 0, bytes: 0 });
});

test("several trimmers at once, while events come and are dispatched, remove each entry once", async () => {
  const url = await freshRedisUrl();
  const connections = await Promise.all([1, 2, 3, 4].map(() => connect(url)));
  const [first] = connections;
  await prepareInbox(first!);
  await acceptEvents(first!, ...Array.from({ length: 300 }, (_, index) => 1 + (index % 17)));
  await dispatch(first!, 300);
  const [removed] = await Promise.all([
    Promise.all(connections.map((redis) => trim(redis, NOTHING_MAY_STAY))),
    acceptEvents(first!, 7, 7, 7),
  ]);
  expect(removed.reduce((sum, each) => sum + each, 0)).toBe(300);
  expect(await inboxState(first!)).toMatchObject({ entries: 3, bytes: 21, waiting: 3 });
});

test("entries accepted within the same ms are told apart", async () => {
  const redis = await freshInbox();
  const time = Date.now() - DAY_MS;
  for (const seq of [0, 9, 10, 11]) {
    await redis.xadd(
      keys.inbox,
      `${time}-${seq}`,
      "hook",
      "h",
      "key",
      "k",
      "receivedAt",
      time,
      "meta",
      "{}",
      "body",
      "x",
    );
    await redis.hincrby(keys.counts, "bytes", 1);
  }
  await dispatch(redis, 2);
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(2);
  await readBatch(redis, "crashed", { ...MANY, entries: 1 });
  expect(await trim(redis, NOTHING_MAY_STAY)).toBe(0);
  expect(await kept(redis)).toEqual([`0-${time}-10`, `0-${time}-11`]);
});

test("an entry with an empty body goes too", async () => {
  const redis = await freshInbox();
  await acceptEvents(redis, 0, 0);
  await dispatch(redis, 2);
  expect(await trim(redis, { maxAgeMs: NO_LIMIT, maxBytes: 0 })).toBe(0);
  expect(await trim(redis, { maxAgeMs: -1, maxBytes: 0 })).toBe(2);
});

test("ids go on rising after everything was trimmed", async () => {
  const redis = await freshInbox();
  const [before] = await acceptEvents(redis, 1);
  await dispatch(redis, 1);
  await trim(redis, { maxAgeMs: -1, maxBytes: 0 });
  const [after] = await acceptEvents(redis, 1);
  expect(after! > before!).toBe(true);
  expect((await readBatch(redis, "w1", MANY)).entries.map(({ id }) => id)).toEqual([after]);
});
