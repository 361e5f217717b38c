import { DISPATCHERS, keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import {
  acceptEvents,
  aDelivery,
  anIdentity,
  emptyRedis,
  freshInbox,
  streamIdOf,
  WINDOW,
} from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { eraseEntry, findErased } from "./erase-entry.ts";
import { findEntry, inboxState } from "./look-up.ts";
import { acknowledge, handBack, readBatch, reclaimOne } from "./read.ts";
import { trim } from "./trim.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };

test("a dispatched entry goes, its bytes are no longer counted, and that it was erased is known", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 10, 20, 0, 40);
  await readBatch(redis, "w1", MANY);
  await acknowledge(redis, ids, 0);
  expect(await eraseEntry(redis, ids[1]!, 5_000)).toBe("erased");
  expect(await eraseEntry(redis, ids[2]!, 5_000)).toBe("erased");
  expect(await findEntry(redis, ids[1]!)).toBeUndefined();
  expect(await inboxState(redis)).toMatchObject({ entries: 2, bytes: 50, waiting: 0 });
  expect(await findErased(redis, ids[1]!)).toBe(5_000);
  expect(await findErased(redis, ids[0]!)).toBeUndefined();
  expect(await eraseEntry(redis, ids[1]!, 6_000)).toBe("absent");
  expect(await findErased(redis, ids[1]!)).toBe(5_000);
});

test("an entry that is not read, held, or handed back stays as it is", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3);
  expect(await eraseEntry(redis, ids[0]!, 1)).toBe("waiting");
  await readBatch(redis, "w1", { ...MANY, entries: 2 });
  await handBack(redis, "w1", [ids[1]!]);
  for (const id of ids) expect(await eraseEntry(redis, id, 1)).toBe("waiting");
  expect(await inboxState(redis)).toMatchObject({ entries: 3, bytes: 6, waiting: 3 });
  await acknowledge(redis, [ids[1]!], 0);
  expect(await eraseEntry(redis, ids[1]!, 1)).toBe("erased");
  expect(await eraseEntry(redis, ids[0]!, 1)).toBe("waiting");
});

test("without the dispatchers' group everything waits", async () => {
  const redis = await emptyRedis();
  const [id] = await acceptEvents(redis, 1);
  expect(await eraseEntry(redis, id!, 1)).toBe("waiting");
  await redis.xgroup("CREATE", keys.inbox, "a-stranger", "$");
  expect(await eraseEntry(redis, id!, 1)).toBe("waiting");
});

test("a resend of an erased event is still a duplicate", async () => {
  const redis = await freshInbox();
  const { id } = await accept(redis, aDelivery(), anIdentity("e"), WINDOW);
  await readBatch(redis, "w1", MANY);
  await acknowledge(redis, [id], 0);
  await eraseEntry(redis, id, 1);
  expect(await accept(redis, aDelivery(), anIdentity("e"), WINDOW)).toMatchObject({
    id,
    status: "duplicate",
  });
  expect((await inboxState(redis)).entries).toBe(0);
});

test("reading, reclaiming, counting and trimming go on around erased entries", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, ...Array.from({ length: 10 }, () => 1));
  await readBatch(redis, "w1", { ...MANY, entries: 6 });
  await acknowledge(redis, [ids[0]!, ids[1]!, ids[3]!, ids[5]!], 0);
  for (const i of [1, 3, 5]) expect(await eraseEntry(redis, ids[i]!, 1)).toBe("erased");
  // Held: 2 and 4. Unread: 6 to 9.
  expect(await inboxState(redis)).toMatchObject({ entries: 7, bytes: 7, waiting: 6 });
  expect(await trim(redis, { maxAgeMs: -1, maxBytes: 0 })).toBe(1);
  expect(await inboxState(redis)).toMatchObject({ entries: 6, bytes: 6, waiting: 6 });
  expect((await reclaimOne(redis, "w2", 0))?.entry?.id).toBe(ids[2]);
  const { entries } = await readBatch(redis, "w2", MANY);
  expect(entries.map(({ id }) => id)).toEqual(ids.slice(6));
  await acknowledge(redis, ids, 0);
  expect(await inboxState(redis)).toMatchObject({ waiting: 0 });
  expect(await eraseEntry(redis, ids[9]!, 1)).toBe("erased");
  expect(await inboxState(redis)).toMatchObject({ entries: 5, bytes: 5, waiting: 0 });
  const [more] = await acceptEvents(redis, 1);
  expect(await inboxState(redis)).toMatchObject({ entries: 6, waiting: 1 });
  expect((await readBatch(redis, "w2", MANY)).entries.map(({ id }) => id)).toEqual([more]);
  await acknowledge(redis, [more!], 0);
  expect(await trim(redis, { maxAgeMs: -1, maxBytes: 0 })).toBe(6);
  expect(await inboxState(redis)).toMatchObject({ entries: 0, bytes: 0, waiting: 0 });
});

test("what is counted as waiting is right whatever is erased when", async () => {
  const redis = await freshInbox();
  const random = (below: number): number => Math.floor(Math.random() * below);
  const unread: string[] = [];
  const done: string[] = [];
  const log: string[] = [];
  for (let i = 0; i < 150; i += 1) {
    const roll = random(10);
    if (roll < 4) {
      unread.push(...(await acceptEvents(redis, ...Array.from({ length: 1 + random(3) }, () => 1))));
      log.push(`accept ${unread.length}`);
    } else if (roll < 7) {
      const { entries } = await readBatch(redis, "w1", { ...MANY, entries: 1 + random(4) });
      const ids = entries.map(({ id }) => id);
      await acknowledge(redis, ids, 0);
      done.push(...unread.splice(0, ids.length));
      log.push(`read ${ids.length}`);
    } else if (roll < 9 && done.length > 0) {
      const at = random(2) === 0 ? done.length - 1 : random(done.length);
      const [id] = done.splice(at, 1);
      expect(await eraseEntry(redis, id!, 1)).toBe("erased");
      log.push(`erase ${at} of ${done.length + 1}`);
    } else if (roll === 9) {
      done.splice(0, await trim(redis, { maxAgeMs: 3_600_000, maxBytes: unread.length + done.length - 2 }));
      log.push(`trim to ${done.length}`);
    }
    const { waiting, bytes, entries } = await inboxState(redis);
    const counts = { waiting: unread.length, entries: unread.length + done.length };
    expect({ waiting, entries, bytes }, log.join(", ")).toEqual({ ...counts, bytes: counts.entries });
  }
});

test("what is no event id is not there", async () => {
  const redis = await freshInbox();
  await redis.xgroup("SETID", keys.inbox, DISPATCHERS, "$");
  for (const id of ["", "0-1", "0-+-", "-", "x"]) expect(await eraseEntry(redis, id, 1)).toBe("absent");
  expect(await eraseEntry(redis, `0-${streamIdOf("0-1-1")}`, 1)).toBe("absent");
});
