import { keys, parseInfo, type Redis, waitUntilReady } from "@misskeep/redis";
import { expect, onTestFinished, test } from "vitest";
import { ownRedis } from "@misskeep/testkit";
import { aDelivery, anIdentity, connect, prepareInbox, WINDOW } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { listEntries } from "./list-entries.ts";
import { inboxState } from "./look-up.ts";

/** A server of the test's own, since the calls of the whole server are counted. */
async function ownInbox(): Promise<Redis> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = await connect(server.url);
  await prepareInbox(redis);
  await accept(redis, aDelivery(), anIdentity("so that Redis knows the script"), WINDOW);
  return redis;
}

async function scriptCalls(redis: Redis): Promise<number> {
  const stats = parseInfo(await redis.info("commandstats")).get("cmdstat_evalsha");
  return Number(/calls=(\d+)/.exec(stats ?? "")?.[1] ?? 0);
}

test.each([
  ["one", 1, 10, 1],
  ["what arrives at once", 64, 10, 1],
  ["more than Redis should do in one go", 200, 10, 4],
  ["bodies of 3 MB in all, each of 300 KB", 10, 300_000, 4],
  ["bodies that are each too long to go with others", 3, 1_200_000, 3],
])("%s: %s deliveries of %s bytes take %s calls, and each gets its own id", async (_, count, size, calls) => {
  const redis = await ownInbox();
  const before = await scriptCalls(redis);
  const replies = await Promise.all(
    Array.from({ length: count }, (__, index) =>
      accept(redis, aDelivery({ body: Buffer.alloc(size, `${index}`) }), anIdentity(`e${index}`), WINDOW),
    ),
  );
  expect((await scriptCalls(redis)) - before).toBe(calls);
  const entries = await listEntries(redis, { limit: count });
  const bodies = new Map(entries.map(({ id, body }) => [id, String(body)]));
  for (const [index, { status, id }] of replies.entries()) {
    expect(status).toBe("accepted");
    expect(bodies.get(id)).toBe(String(Buffer.alloc(size, `${index}`)));
  }
});

test("each of those that go together has its own window", async () => {
  const redis = await ownInbox();
  const [short, long] = await Promise.all([
    accept(redis, aDelivery(), anIdentity("short"), { windowMs: 1 }),
    accept(redis, aDelivery(), anIdentity("long"), WINDOW),
  ]);
  await expect
    .poll(async () => (await accept(redis, aDelivery(), anIdentity("short"), { windowMs: 1 })).id)
    .not.toBe(short.id);
  expect((await accept(redis, aDelivery(), anIdentity("long"), WINDOW)).id).toBe(long.id);
});

test("of those that go together one that is refused is refused alone", async () => {
  const redis = await ownInbox();
  const replies = await Promise.allSettled([
    accept(redis, aDelivery(), anIdentity("before"), WINDOW),
    accept(redis, aDelivery({ hook: "" }), anIdentity("broken"), WINDOW),
    accept(redis, aDelivery({ receivedAt: Number.NaN }), anIdentity("timeless"), WINDOW),
    accept(redis, aDelivery(), anIdentity("after"), WINDOW),
  ]);
  expect(replies).toMatchObject([
    { status: "fulfilled", value: { status: "accepted" } },
    { status: "rejected", reason: { name: "ReplyError", message: "BADARG the hook is empty" } },
    { status: "rejected", reason: { name: "ReplyError", message: "BADARG receivedAt is no whole number" } },
    { status: "fulfilled", value: { status: "accepted" } },
  ]);
  expect(await inboxState(redis)).toMatchObject({ accepted: 3, entries: 3 });
});

test("an error of Redis' own strikes all that go together, and none of them is kept", async () => {
  const redis = await ownInbox();
  await redis.set(keys.inbox, "no stream");
  const replies = await Promise.allSettled(
    ["one", "two"].map((eventId) => accept(redis, aDelivery(), anIdentity(eventId), WINDOW)),
  );
  expect(replies.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await redis.del(keys.inbox);
  expect((await accept(redis, aDelivery(), anIdentity("two"), WINDOW)).status).toBe("accepted");
});

test("two connections do not wait for each other", async () => {
  const redis = await ownInbox();
  const other = redis.duplicate();
  onTestFinished(() => other.disconnect());
  await waitUntilReady(other, 10_000);
  redis.disconnect();
  const [lost, kept] = await Promise.allSettled([
    accept(redis, aDelivery(), anIdentity("e"), WINDOW),
    accept(other, aDelivery(), anIdentity("e"), WINDOW),
  ]);
  expect([lost.status, kept.status]).toEqual(["rejected", "fulfilled"]);
});
