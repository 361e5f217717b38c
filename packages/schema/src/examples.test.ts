import { expect, test } from "vitest";
import { eventTypes } from "./events.ts";
import { exampleBody } from "./examples.ts";
import { parseEvent } from "./parse-event.ts";

const facts = { id: "0-1-0", hook: "default", receivedAt: 1 };

test.each(eventTypes)("the example of %s parses without a mismatch, and is no test event", (type) => {
  const result = parseEvent(exampleBody(type), facts);
  expect(result).toMatchObject({ ok: true, mismatches: [], event: { type, isTest: false } });
  expect(result.ok && result.event.eventId).toBeTypeOf("string");
});

test("two examples are never one event, nor about one note", () => {
  const [first, second] = [exampleBody("mention"), exampleBody("mention")].map((body) =>
    parseEvent(body, facts),
  );
  if (!first?.ok || !second?.ok) throw new Error("an example does not parse");
  expect(first.event.eventId).not.toBe(second.event.eventId);
  expect(first.event.body).not.toMatchObject({ note: { id: noteId(second.event.body) } });
});

test("system hooks have no owner", () => {
  expect(exampleBody("abuseReport")).not.toHaveProperty("userId");
  expect(exampleBody("note")).toHaveProperty("userId");
});

function noteId(body: object): unknown {
  return (body as { note?: { id: unknown } }).note?.id;
}
