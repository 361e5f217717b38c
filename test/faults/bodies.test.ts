import { expect, test } from "vitest";
import { makeEvent } from "./bodies.ts";
import { createRandom } from "./random.ts";

const events = Array.from({ length: 3_000 }, (_, index) =>
  makeEvent(index, createRandom(1).fork(`event ${index}`)),
);

test("every event has a body of its own, and its kind is what it says", () => {
  expect(new Set(events.map(({ digest }) => digest)).size).toBe(events.length);
  const eventIds = events.flatMap(({ body }) => /"eventId":"([^"]+)"/.exec(body.toString())?.[1] ?? []);
  expect(new Set(eventIds).size).toBe(eventIds.length);
  for (const { kind, body } of events) {
    const json = kind === "no-json" ? undefined : (JSON.parse(body.toString()) as Record<string, unknown>);
    expect(json === undefined || "eventId" in json).toBe(kind !== "no-event-id");
  }
});

test("every kind occurs", () => {
  expect(new Set(events.map(({ kind }) => kind))).toEqual(
    new Set(["plain", "no-event-id", "unknown-type", "no-json", "wrong-secret"]),
  );
});
