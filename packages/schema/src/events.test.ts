/** What processors rely on when they compile. */
import { expect, expectTypeOf, test } from "vitest";
import {
  eventTypes,
  isEventType,
  isNoteEvent,
  type EventOf,
  type MisskeyEvent,
  type OtherEvent,
} from "./events.ts";
import type { Note } from "./note.ts";
import { parseEvent } from "./parse-event.ts";
import type { UserDetailed, UserLite } from "./user.ts";

test("an event's type narrows its body, and rules other events out", () => {
  const read = (event: MisskeyEvent): string => {
    switch (event.type) {
      case "note":
      case "mention":
        expectTypeOf(event.body).toEqualTypeOf<{ note: Note }>();
        return event.body.note.user.username;
      case "followed":
        expectTypeOf(event.body).toEqualTypeOf<{ user: UserLite }>();
        return event.body.user.username;
      default:
        expectTypeOf(event.type).toExtend<string>();
        return event.type;
    }
  };
  const result = parseEvent({ type: "note@x" }, { id: "0-1-0", hook: "h", receivedAt: 1 });
  expect(result.ok && read(result.event)).toBe("note@x");
});

test("EventOf gives the event of a type, of several, of any, and of one that is not known", () => {
  expectTypeOf<EventOf<"follow">["body"]>().toEqualTypeOf<{ user: UserDetailed }>();
  expectTypeOf<EventOf<"follow" | "reply">["type"]>().toEqualTypeOf<"follow" | "reply">();
  expectTypeOf<EventOf<"*">>().toEqualTypeOf<MisskeyEvent>();
  expectTypeOf<EventOf<string>>().toEqualTypeOf<MisskeyEvent>();
  expectTypeOf<EventOf<"note@x">>().toEqualTypeOf<OtherEvent<"note@x">>();
  const read = (event: EventOf<"note@x" | "reply">): unknown =>
    event.type === "note@x" ? event.body["anything"] : event.body.note.id;
  expect(read).toBeTypeOf("function");
});

test("bodies can be told apart by what they hold", () => {
  const once = (event: EventOf<"mention" | "reply" | "followed">): string | undefined =>
    "note" in event.body ? event.body.note.id : undefined;
  expect(once).toBeTypeOf("function");
});

test("no name of JavaScript's own is a known type", () => {
  expect(["__proto__", "constructor", "toString", "valueOf"].filter((name) => isEventType(name))).toEqual([]);
  expect(eventTypes.every((type) => isEventType(type))).toBe(true);
  expect(Object.isFrozen(eventTypes)).toBe(true);
});

test("exactly the events with a note in them are note events", () => {
  const facts = { id: "0-1-0", hook: "h", receivedAt: 1 };
  const note = { id: "n", user: { id: "u", username: "a" } };
  const withNote = eventTypes.filter((type) => {
    const result = parseEvent({ type, body: { ...note, ...note.user, note, user: note.user } }, facts);
    if (!result.ok) throw new Error(`${type} does not parse`);
    return isNoteEvent(result.event);
  });
  expect(withNote).toEqual(["note", "reply", "renote", "mention", "edited"]);
});
