import { expect, test } from "vitest";
import { aDelivery, anIdentity, freshInbox, WINDOW } from "../test-support/inbox.ts";
import { accept } from "./accept.ts";

const MINUTE_MS = 60_000;
const SPAN_MS = 15 * MINUTE_MS;
/** The start of some span: what is received one ms earlier has another key. */
const SPAN_START = 2_000_000 * SPAN_MS;

/** Accepts equal bytes at these times, in this order; tells which copy each was taken for, by its index. */
async function takenFor(...receivedAt: readonly number[]): Promise<number[]> {
  const redis = await freshInbox();
  const firstCopies: string[] = [];
  const taken: number[] = [];
  for (const [index, time] of receivedAt.entries()) {
    const { status, id } = await accept(redis, aDelivery({ receivedAt: time }), undefined, WINDOW);
    expect(status).toBe(firstCopies.includes(id) ? "duplicate" : "accepted");
    taken.push(firstCopies.includes(id) ? firstCopies.indexOf(id) : index);
    firstCopies[index] = id;
  }
  return taken;
}

test.each([
  ["within one span", SPAN_START, SPAN_START + SPAN_MS - 1, true],
  ["one ms apart, over a span's end", SPAN_START - 1, SPAN_START, true],
  ["15 minutes apart, from a span's start", SPAN_START, SPAN_START + SPAN_MS, true],
  [
    "15 minutes apart, from the middle of a span",
    SPAN_START + 7 * MINUTE_MS,
    SPAN_START + 22 * MINUTE_MS,
    true,
  ],
  ["15 minutes and one ms apart, from a span's start", SPAN_START, SPAN_START + SPAN_MS + 1, false],
  ["15 minutes and one ms apart, to a span's end", SPAN_START - 2, SPAN_START + SPAN_MS - 1, false],
  ["two spans apart", SPAN_START - 1, SPAN_START + SPAN_MS, false],
  ["a day apart", SPAN_START, SPAN_START + 96 * SPAN_MS, false],
])("equal bytes received %s are the same event in both orders: %s, %s, %s", async (_, one, other, same) => {
  expect(await takenFor(one, other)).toEqual([0, same ? 0 : 1]);
  // As when the earlier one waited in a spool.
  expect(await takenFor(other, one)).toEqual([0, same ? 0 : 1]);
});

test("the time runs from the first copy: a chain of duplicates does not carry it on", async () => {
  const at = (minutes: number): number => SPAN_START + minutes * MINUTE_MS;
  expect(await takenFor(at(0), at(14), at(16), at(29), at(32))).toEqual([0, 0, 2, 2, 4]);
});

test("follow, unfollow, follow: the second follow is an event of its own, and its resends are its", async () => {
  const at = (minutes: number): number => SPAN_START + minutes * MINUTE_MS;
  expect(await takenFor(at(0), at(1), at(4), at(12), at(60), at(61), at(73))).toEqual([0, 0, 0, 0, 4, 4, 4]);
});

test("a delivery between two events, within 15 minutes of both, is a duplicate and changes neither", async () => {
  const at = (minutes: number): number => SPAN_START + minutes * MINUTE_MS;
  expect(await takenFor(at(1), at(21), at(11), at(1), at(21))).toEqual([0, 1, 0, 0, 1]);
});

test("the first quarter of an hour of 1970 has neighbours too", async () => {
  expect(await takenFor(0, SPAN_MS, SPAN_MS + 1)).toEqual([0, 0, 2]);
});

test.each<[string, unknown]>([
  ["empty", ""],
  ["null", null],
  ["an object", { id: "e" }],
  ["129 characters long", "e".repeat(129)],
])("deliveries whose event id is %s are told apart by their bytes", async (_, eventId) => {
  const redis = await freshInbox();
  const first = aDelivery({ body: Buffer.from("1") });
  const second = aDelivery({ body: Buffer.from("2") });
  const statuses = [
    await accept(redis, first, anIdentity(eventId), WINDOW),
    await accept(redis, second, anIdentity(eventId), WINDOW),
    await accept(redis, first, anIdentity(eventId), WINDOW),
    await accept(redis, { ...first, hook: "mods" }, anIdentity(eventId), WINDOW),
  ].map(({ status }) => status);
  expect(statuses).toEqual(["accepted", "accepted", "duplicate", "accepted"]);
});
