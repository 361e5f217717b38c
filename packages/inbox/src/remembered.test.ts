import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { aDelivery, anIdentity, freshInbox, WINDOW } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { readRemembered } from "./remembered.ts";

const identity = anIdentity("e");
const key = keys.seen(idempotencyKey(aDelivery(), identity).digest);

test("an event that came once, known by its event id, is remembered as a whole number of Redis'", async () => {
  const redis = await freshInbox();
  const { id } = await accept(redis, aDelivery(), identity, WINDOW);
  expect(await redis.object("ENCODING", key)).toBe("int");
  expect(readRemembered((await redis.get(key))!)).toEqual({ id, duplicates: 0, lastDuplicateAt: undefined });
});

test("after duplicates it tells how many came, and when the last one did", async () => {
  const redis = await freshInbox();
  const { id } = await accept(redis, aDelivery(), identity, WINDOW);
  for (const receivedAt of [2_000_000_000_000, 2_000_000_000_001])
    await accept(redis, aDelivery({ receivedAt }), identity, WINDOW);
  expect(readRemembered((await redis.get(key))!)).toEqual({
    id,
    duplicates: 2,
    lastDuplicateAt: 2_000_000_000_001,
  });
});

test.each([
  ["3795485891939-0", "379548589193900000"],
  ["3795485891939-99999", "379548589193999999"],
  ["3795485891939-100000", "3795485891939-100000 0 0 0"],
])("of stream id %s the key holds %s, and a duplicate gets it", async (streamId, value) => {
  const redis = await freshInbox();
  const [ms, seq] = streamId.split("-") as [string, string];
  // Redis takes its clock for an id, unless the stream is ahead of it: the next id is then one more.
  const before = seq === "0" ? `${Number(ms) - 1}-18446744073709551615` : `${ms}-${Number(seq) - 1}`;
  await redis.xadd(keys.inbox, before, "f", "v");
  await redis.xsetid(keys.inbox, before);
  const { id } = await accept(redis, aDelivery(), identity, WINDOW);
  expect(id).toBe(`0-${streamId}`);
  expect(await redis.get(key)).toBe(value);
  expect(await accept(redis, aDelivery(), identity, WINDOW)).toEqual({ status: "duplicate", id });
});

test("what versions before wrote is still known", async () => {
  const redis = await freshInbox();
  await redis.set(key, "1795485891939-7 1795485891930 1 1795485891999");
  const id = "0-1795485891939-7";
  expect(readRemembered((await redis.get(key))!)).toEqual({
    id,
    duplicates: 1,
    lastDuplicateAt: 1_795_485_891_999,
  });
  expect(await accept(redis, aDelivery(), identity, WINDOW)).toEqual({ status: "duplicate", id });
});

test.each(["", "garbage", "12345", "1-2", "1-2 3 4", "-179548589193900000", "1795485891939-7 1 x 2"])(
  "%j is none of ours",
  (value) => {
    expect(readRemembered(value)).toBeUndefined();
  },
);
