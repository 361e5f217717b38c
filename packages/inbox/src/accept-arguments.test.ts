import { keys, type Redis, type ScriptArgument } from "@misskeep/redis";
import { expect, test } from "vitest";
import { aDelivery, anIdentity, contents, freshInbox, WINDOW } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";
import type { Delivery } from "./delivery.ts";
import { scripts } from "./scripts.ts";

test.each<[string, Partial<Delivery>]>([
  ["a receivedAt that is no number", { receivedAt: Number.NaN }],
  ["a receivedAt before 1970", { receivedAt: -1 }],
  ["a receivedAt with a fraction", { receivedAt: 1_795_485_891_939.5 }],
  ["a receivedAt without end", { receivedAt: Number.POSITIVE_INFINITY }],
  ["a receivedAt beyond what a number counts", { receivedAt: 2 ** 53 }],
  ["an empty hook name", { hook: "" }],
  ["no meta", { meta: undefined as never }],
])("%s is an error, and nothing is written", async (_, parts) => {
  const redis = await freshInbox();
  const before = await contents(redis);
  for (const identity of [anIdentity("e"), undefined]) {
    await expect(accept(redis, aDelivery(parts), identity, WINDOW)).rejects.toThrow(/BADARG/);
  }
  expect(await contents(redis)).toEqual(before);
});

test.each([0, -1, 0.5, 60_000.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e300])(
  "a window of %s ms is an error, and nothing is written, neither for a new event nor for a duplicate",
  async (windowMs) => {
    const redis = await freshInbox();
    await accept(redis, aDelivery(), anIdentity("known"), WINDOW);
    const before = await contents(redis);
    await expect(accept(redis, aDelivery(), anIdentity("new"), { windowMs })).rejects.toThrow(/BADARG/);
    await expect(accept(redis, aDelivery(), anIdentity("known"), { windowMs })).rejects.toThrow(/BADARG/);
    expect(await contents(redis)).toEqual(before);
  },
);

test("the longest window that passes the check also passes Redis", async () => {
  const redis = await freshInbox();
  const window = { windowMs: Number.MAX_SAFE_INTEGER };
  expect((await accept(redis, aDelivery(), anIdentity("e"), window)).status).toBe("accepted");
  expect((await accept(redis, aDelivery(), anIdentity("e"), window)).status).toBe("duplicate");
});

const KEYS = [keys.inbox, keys.counts, keys.seen("k")];
const ARGS: ScriptArgument[] = [1_000, 1, 1, 0, "default", "{}", "body"];

test.each<[string, string[], ScriptArgument[]]>([
  ["too few keys", KEYS.slice(0, 2), ARGS],
  ["too few arguments", KEYS, ARGS.slice(0, 6)],
  ["too many arguments", KEYS, [...ARGS, "more"]],
  ["no key for a delivery", KEYS, ARGS.with(1, 0)],
  ["a number of keys that is none", KEYS, ARGS.with(1, "one")],
  ["more keys than there are", KEYS, ARGS.with(1, 2)],
  ["no delivery", KEYS, ARGS.slice(0, 1)],
  ["a window that is no number", KEYS, ARGS.with(0, "long")],
  ["a key of no delivery", [...KEYS, keys.seen("l")], ARGS],
])("the script called with %s is an error, and nothing is written", async (_, names, args) => {
  const redis = await freshInbox();
  const before = await contents(redis);
  await expect(scripts.accept.run(redis, names, args)).rejects.toThrow(/BADARG/);
  expect(await contents(redis)).toEqual(before);
});

test.each<[string, ScriptArgument[], string[]?]>([
  ["an empty idempotency key", ARGS, KEYS.with(2, keys.seen(""))],
  ["meta that is no object", ARGS.with(5, "null")],
  ["a nearness that is no number", ARGS.with(3, "near")],
  ["an endless nearness", ARGS.with(3, "inf")],
])("a delivery with %s is refused, and nothing is written", async (_, args, names = KEYS) => {
  const redis = await freshInbox();
  const before = await contents(redis);
  expect(await scripts.accept.run(redis, names, args)).toEqual([-1, expect.stringMatching(/^BADARG /)]);
  expect(await contents(redis)).toEqual(before);
});

test.each<[string, (redis: Redis, key: string) => Promise<unknown>]>([
  ["text that is not accept's", (redis, key) => redis.set(key, "garbage")],
  ["no text", (redis, key) => redis.lpush(key, "no text")],
])("a key that holds %s is taken over: the event is kept rather than lost", async (_, fill) => {
  const redis = await freshInbox();
  await fill(redis, keys.seen("k"));
  expect(await scripts.accept.run(redis, KEYS, ARGS)).toEqual([1, expect.stringMatching(/^\d+-\d+$/)]);
  expect(await scripts.accept.run(redis, KEYS, ARGS)).toEqual([0, expect.stringMatching(/^\d+-\d+$/)]);
});
