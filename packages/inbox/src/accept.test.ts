import { keys } from "@misskeep/redis";
import { captures, freshRedisUrl, resendGroups } from "@misskeep/testkit";
import { expect, test } from "vitest";
import {
  acceptEvents,
  aDelivery,
  anIdentity,
  connect,
  DAY_MS,
  freshInbox,
  streamIdOf,
  WINDOW,
} from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { listEntries } from "./list-entries.ts";
import { findEntry, inboxState } from "./look-up.ts";

test("of 64 deliveries of one event at once, over four connections, one is accepted and all get its id", async () => {
  const url = await freshRedisUrl();
  const connections = await Promise.all([1, 2, 3, 4].map(() => connect(url)));
  const replies = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      accept(connections[index % 4]!, aDelivery({ receivedAt: index }), anIdentity("one"), WINDOW),
    ),
  );
  expect(replies.filter(({ status }) => status === "accepted")).toHaveLength(1);
  expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
  expect(await inboxState(connections[0]!)).toMatchObject({ accepted: 1, duplicates: 63, entries: 1 });
});

test("of 64 deliveries at once that bytes decide, on both sides of a span's end, one is accepted", async () => {
  const redis = await freshInbox();
  const spanEnd = 2_000 * 15 * 60_000;
  const replies = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      accept(redis, aDelivery({ receivedAt: spanEnd - 32_000 + index * 1_000 }), undefined, WINDOW),
    ),
  );
  expect(replies.filter(({ status }) => status === "accepted")).toHaveLength(1);
  expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
});

test("the resends of real servers are duplicates of their first delivery", async () => {
  const redis = await freshInbox();
  for (const { sends } of resendGroups()) {
    const statuses: string[] = [];
    const ids = new Set<string>();
    for (const { rawBody } of sends) {
      const { eventId, server } = JSON.parse(String(rawBody)) as { eventId?: string; server?: string };
      const reply = await accept(redis, aDelivery({ body: rawBody }), { eventId, server }, WINDOW);
      statuses.push(reply.status);
      ids.add(reply.id);
    }
    expect(statuses).toEqual(["accepted", ...sends.slice(1).map(() => "duplicate")]);
    expect(ids.size).toBe(1);
  }
});

test("different captures are different events, by event id and by bytes", async () => {
  const redis = await freshInbox();
  const bodies = [...new Set(captures().map(({ rawBody }) => String(rawBody)))];
  for (const body of bodies) {
    expect((await accept(redis, aDelivery({ body: Buffer.from(body) }), undefined, WINDOW)).status).toBe(
      "accepted",
    );
  }
});

test("another hook or another server is another event", async () => {
  const redis = await freshInbox();
  const statuses = [
    await accept(redis, aDelivery(), anIdentity("e"), WINDOW),
    await accept(redis, aDelivery({ hook: "mods" }), anIdentity("e"), WINDOW),
    await accept(redis, aDelivery(), anIdentity("e", "https://other.example"), WINDOW),
    await accept(redis, aDelivery(), anIdentity("e"), WINDOW),
  ].map(({ status }) => status);
  expect(statuses).toEqual(["accepted", "accepted", "accepted", "duplicate"]);
});

test.each([
  ["bytes of every value", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  ["no bytes at all", Buffer.alloc(0)],
  ["invalid UTF-8", Buffer.from([0xff, 0xfe, 0xc0, 0x80])],
  ["line ends and NUL", Buffer.from("\r\n\0\r\n$5\r\n")],
  ["1.2 MB", Buffer.alloc(1_200_238, "é")],
])("the entry holds %s exactly, and what else is known", async (_, body) => {
  const redis = await freshInbox();
  const meta = {
    secretNumber: 2,
    hookId: "a5",
    host: "misskey.example:3000",
    userAgent: "Misskey-Hooks",
    contentType: "text/plain;charset=UTF-8",
    pinBroken: "server is https://é.example",
  };
  const delivery = aDelivery({ hook: "mods", meta, body });
  const { id } = await accept(redis, delivery, undefined, WINDOW);
  const { body: kept, ...rest } = (await findEntry(redis, id))!;
  expect(kept.equals(body)).toBe(true);
  expect(rest).toEqual({
    hook: "mods",
    receivedAt: delivery.receivedAt,
    meta,
    id,
    key: idempotencyKey(delivery, undefined).digest,
  });
});

test("a duplicate renews the window, and without one it ends", async () => {
  const redis = await freshInbox();
  const identity = anIdentity("e");
  const key = keys.seen(idempotencyKey(aDelivery(), identity).digest);
  const first = await accept(redis, aDelivery(), identity, { windowMs: 60_000 });
  expect(await redis.pttl(key)).toBeLessThanOrEqual(60_000);
  expect(await redis.pttl(key)).toBeGreaterThan(30_000);

  await redis.pexpire(key, 10_000);
  expect(await accept(redis, aDelivery(), identity, { windowMs: 60_000 })).toEqual({
    ...first,
    status: "duplicate",
  });
  expect(await redis.pttl(key)).toBeGreaterThan(30_000);

  await redis.pexpireat(key, 1);
  const again = await accept(redis, aDelivery(), identity, { windowMs: 60_000 });
  expect(again.status).toBe("accepted");
  expect(again.id).not.toBe(first.id);
});

test("a duplicate that bytes decide renews the window of its first copy, in the span of that", async () => {
  const redis = await freshInbox();
  const first = aDelivery({ receivedAt: 15 * 60_000 - 1 });
  const key = keys.seen(idempotencyKey(first, undefined).digest);
  const { id } = await accept(redis, first, undefined, WINDOW);
  await redis.pexpire(key, 10_000);
  const later = await accept(redis, aDelivery({ receivedAt: 15 * 60_000 }), undefined, WINDOW);
  expect(later).toEqual({ status: "duplicate", id });
  expect(await redis.pttl(key)).toBeGreaterThan(7 * DAY_MS);
  expect(await redis.keys(keys.seen("*"))).toEqual([key]);
});

test("a short window really ends", async () => {
  const redis = await freshInbox();
  const identity = anIdentity("e");
  const first = await accept(redis, aDelivery(), identity, { windowMs: 1 });
  await expect
    .poll(() => redis.exists(keys.seen(idempotencyKey(aDelivery(), identity).digest)), { timeout: 10_000 })
    .toBe(0);
  expect((await accept(redis, aDelivery(), identity, { windowMs: 1 })).id).not.toBe(first.id);
});

test("an event stays known after its entry, and all else that Redis holds, is gone", async () => {
  const redis = await freshInbox();
  const { id } = await accept(redis, aDelivery(), anIdentity("e"), WINDOW);
  await redis.xtrim(keys.inbox, "MAXLEN", 0);
  await redis.del(keys.inbox, keys.counts, keys.subscriptions);
  expect(await accept(redis, aDelivery(), anIdentity("e"), WINDOW)).toEqual({ status: "duplicate", id });
  expect(await redis.exists(keys.inbox)).toBe(0);
});

test("ids rise in the order of acceptance, and so does the list", async () => {
  const redis = await freshInbox();
  const ids = await acceptEvents(redis, 1, 2, 3);
  expect((await listEntries(redis, { limit: 10 })).map(({ id }) => id)).toEqual(ids.toReversed());
  expect(await redis.xrange(keys.inbox, streamIdOf(ids[1]!), streamIdOf(ids[1]!))).toHaveLength(1);
});
