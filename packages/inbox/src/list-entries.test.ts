import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import {
  acceptEvents,
  aDelivery,
  anIdentity,
  freshInbox,
  streamIdOf,
  WINDOW,
} from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { listEntries, type ListEntriesOptions } from "./list-entries.ts";
import type { Redis } from "@misskeep/redis";

async function idsOf(redis: Redis, options: ListEntriesOptions): Promise<string[]> {
  return (await listEntries(redis, options)).map(({ id }) => id);
}

/** Accepts one event for each time of receipt. */
async function acceptAt(redis: Redis, ...times: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, receivedAt] of times.entries())
    ids.push((await accept(redis, aDelivery({ receivedAt }), anIdentity(`at-${i}`), WINDOW)).id);
  return ids;
}

test("the list is paged, newest first, without gap or repetition, while events come", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, ...Array.from({ length: 11 }, () => 1));
  const listed: string[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await listEntries(redis, { limit: 3, before });
    await acceptEvents(redis, 1);
    if (page.length === 0) break;
    expect(page.length).toBeLessThanOrEqual(3);
    listed.push(...page.map(({ id }) => id));
    before = listed.at(-1);
  }
  expect(listed).toEqual(ids.toReversed());
});

test("the page before an event that was trimmed meanwhile still holds what is older", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 1, 1);
  await redis.xdel(keys.inbox, streamIdOf(ids[2]!));
  expect((await listEntries(redis, { limit: 1, before: ids[2] })).map(({ id }) => id)).toEqual([ids[1]]);
});

test("the oldest come first where that is asked for, and paging goes on after the last one", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, ...Array.from({ length: 7 }, () => 1));
  const listed: string[] = [];
  for (;;) {
    const page = await idsOf(redis, { limit: 3, order: "oldest", after: listed.at(-1) });
    listed.push(...page);
    if (page.length < 3) break;
  }
  expect(listed).toEqual(ids);
  expect(await idsOf(redis, { limit: 9, order: "oldest", after: ids[1], before: ids[5] })).toEqual(
    ids.slice(2, 5),
  );
  expect(await idsOf(redis, { limit: 2, after: ids[1], before: ids[5] })).toEqual([ids[4], ids[3]]);
});

test("a span goes by receipt: what was spooled and came later is found, whatever lies between", async () => {
  const redis = await freshInbox();
  const now = Date.now();
  const hour = 3_600_000;
  const before = now - 3 * hour;
  // Spooled three hours ago, stored after others.
  const others = Array.from({ length: 120 }, (_, i) => now + i);
  const ids = await acceptAt(redis, before, ...others, before + 1, now + 999, before + hour);
  const late = [ids[0], ids[121], ids[123]];
  for (const order of ["oldest", "newest"] as const) {
    const expected = order === "oldest" ? late : late.toReversed();
    const span = { from: before, to: before + 2 * hour, order };
    expect(await idsOf(redis, { limit: 100, ...span })).toEqual(expected);
    expect(await idsOf(redis, { limit: 2, ...span })).toEqual(expected.slice(0, 2));
  }
  expect(await idsOf(redis, { limit: 9, from: before + 1, to: before + hour })).toEqual([ids[121]]);
});

test("a span's start leaves out what was received before, also while the clocks differ a little", async () => {
  const redis = await freshInbox();
  const ahead = Date.now() + 30_000;
  const ids = await acceptAt(redis, ahead - 120_000, ahead, ahead + 1);
  expect(await idsOf(redis, { limit: 9, order: "oldest", from: ahead })).toEqual([ids[1], ids[2]]);
  expect(await idsOf(redis, { limit: 9, order: "oldest", from: ahead, after: ids[1] })).toEqual([ids[2]]);
});
