import fc from "fast-check";
import { expect, test } from "vitest";
import { type EventIdentity, idempotencyKey } from "./idempotency-key.ts";

const RECEIVED_AT = 1_795_485_891_939;
const MINUTE_MS = 60_000;
const body = Buffer.from("{}");

function keyOf(hook: string, identity: EventIdentity | undefined, bytes = body, receivedAt = RECEIVED_AT) {
  return idempotencyKey({ hook, body: bytes, receivedAt }, identity);
}

test("an event id decides alone: neither bytes nor time matter", () => {
  const identity = { server: "https://a.example", eventId: "e" };
  const later = keyOf("default", identity, Buffer.from("other"), RECEIVED_AT + 365 * 24 * 60 * MINUTE_MS);
  expect(later).toEqual(keyOf("default", identity));
  expect(later).toMatchObject({ neighbours: [], near: 0 });
});

test("hook, server and event id each make a different event", () => {
  const digests = [
    keyOf("default", { server: "https://a.example", eventId: "e" }),
    keyOf("mods", { server: "https://a.example", eventId: "e" }),
    keyOf("default", { server: "https://b.example", eventId: "e" }),
    keyOf("default", { server: "https://a.example", eventId: "f" }),
    keyOf("default", { server: undefined, eventId: "e" }),
  ].map(({ digest }) => digest);
  expect(new Set(digests).size).toBe(digests.length);
});

test.each<[string, unknown, boolean]>([
  ["1 character", "e", true],
  ["128 characters", "e".repeat(128), true],
  ["129 characters", "e".repeat(129), false],
  ["a megabyte", "e".repeat(1024 * 1024), false],
  ["an empty text", "", false],
  ["null", null, false],
  ["absent", undefined, false],
  ["a number", 7, false],
  ["an object", { length: 5 }, false],
  ["a list", ["e"], false],
])("an event id that is %s: %j, is used: %s", (_, eventId, used) => {
  expect(keyOf("default", { server: "https://a.example", eventId }).near === 0).toBe(used);
});

test("where bytes decide, the server that the body names is no part of the key", () => {
  const withServer = keyOf("default", { server: "https://a.example", eventId: null });
  expect(withServer).toEqual(keyOf("default", undefined));
});

test("equal bytes are looked for 15 minutes before and after", () => {
  const now = keyOf("default", undefined);
  const before = keyOf("default", undefined, body, RECEIVED_AT - 15 * MINUTE_MS);
  const after = keyOf("default", undefined, body, RECEIVED_AT + 15 * MINUTE_MS);
  expect(now.near).toBe(15 * MINUTE_MS);
  expect(now.neighbours).toEqual([before.digest, after.digest]);
});

test("parts that only join to the same text are different events", () => {
  const digest = (hook: string, server: string, eventId: string): string =>
    keyOf(hook, { server, eventId }).digest;
  expect(digest("a", "bc", "d")).not.toBe(digest("ab", "c", "d"));
  expect(digest("a", "b", "cd")).not.toBe(digest("a", "bc", "d"));
  expect(digest("a", "1:b", "c")).not.toBe(digest("a", "", "1:bc"));
});

test("an event id never meets the key of bytes", () => {
  const bytes = keyOf("default", undefined).digest;
  expect(keyOf("default", { server: undefined, eventId: bytes }).digest).not.toBe(bytes);
});

// Any UTF-16, lone surrogates too: JSON can hold them.
const text = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 3 })
  .map((u) => String.fromCharCode(...u));
const surrogate = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
const parts = fc.tuple(fc.oneof(text, surrogate), fc.oneof(text, surrogate), fc.oneof(text, surrogate));

test("different parts never give the same key", () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const digest = ([hook, server, eventId]: readonly [string, string, string]): string =>
        keyOf(hook, { server, eventId: `${eventId}!` }).digest;
      expect(digest(one) === digest(other)).toBe(one.every((part, index) => part === other[index]));
    }),
    { numRuns: 2_000 },
  );
});
