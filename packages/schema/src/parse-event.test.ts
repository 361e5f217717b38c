import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventTypeOf } from "./envelope.ts";
import { eventTypes } from "./events.ts";
import { CHECKED_DEPTH } from "./note.ts";
import { parseEvent } from "./parse-event.ts";
import { captures } from "./testing/captures.ts";
import { pathsOf, replaced } from "./testing/paths.ts";

const facts = { id: "0-1-0", hook: "default", receivedAt: 1 };
const user = { id: "u1", username: "alice" };

describe("the envelope", () => {
  test("of Misskey 12.109 is flat, and its note or user becomes the body", () => {
    const note = { id: "n1", user };
    const asNote = parseEvent({ type: "mention", note }, facts);
    expect(asNote).toMatchObject({ ok: true, mismatches: [], event: { type: "mention", body: { note } } });
    const asUser = parseEvent({ type: "followed", user }, facts);
    expect(asUser).toMatchObject({ ok: true, mismatches: [], event: { type: "followed", body: { user } } });
  });

  test("without server, hookId and times takes what the headers told", () => {
    const json = { type: "followed", body: { user } };
    const result = parseEvent(json, { ...facts, hookId: "h1", host: "misskey.example:8443" });
    expect(result).toEqual({
      ok: true,
      mismatches: [],
      event: {
        id: "0-1-0",
        type: "followed",
        body: { user },
        hook: { name: "default", id: "h1" },
        server: "https://misskey.example:8443",
        receivedAt: 1,
        isTest: false,
      },
    });
  });

  test("wins over the headers", () => {
    const json = { server: "https://a.example/", hookId: "h2", type: "followed", body: { user } };
    const result = parseEvent(json, { ...facts, hookId: "h1", host: "b.example" });
    expect(result.ok && result.event).toMatchObject({ server: "https://a.example", hook: { id: "h2" } });
  });

  test.each(["javascript:alert(1)", "misskey.example", "", 7, null])(
    "with the server %j falls back to the header",
    (server) => {
      const result = parseEvent({ server, type: "x" }, { ...facts, host: "b.example" });
      expect(result.ok && result.event.server).toBe("https://b.example");
      expect(result.mismatches.map((mismatch) => mismatch.path)).toEqual(["server"]);
    },
  );

  test("and a host header that is none give no server", () => {
    const result = parseEvent({ type: "x" }, { ...facts, host: "not a host" });
    expect(result.ok && result.event).not.toHaveProperty("server");
  });

  test.each(["", null, {}, "x".repeat(1_000_000)])("takes no eventId that identifies nothing", (eventId) => {
    const result = parseEvent({ type: "x", eventId }, facts);
    expect(result.ok && result.event).not.toHaveProperty("eventId");
    expect(result.mismatches.map((mismatch) => mismatch.path)).toEqual(["eventId"]);
  });
});

describe("the type", () => {
  test.each([
    "note@foo",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "新しい",
    "x".repeat(128),
  ])("%s is an ordinary event with an open body", (type) => {
    const result = parseEvent({ type, body: { anything: [1] } }, facts);
    expect(result).toMatchObject({ ok: true, mismatches: [], event: { type, body: { anything: [1] } } });
    expect(eventTypeOf({ type })).toBe(type);
  });

  test("with a body that is no object keeps it as `value`", () => {
    expect(parseEvent({ type: "x", body: [1] }, facts)).toMatchObject({ event: { body: { value: [1] } } });
    expect(parseEvent({ type: "x", body: null }, facts)).toMatchObject({ event: { body: {} } });
    expect(parseEvent({ type: "x" }, facts)).toMatchObject({ event: { body: {} } });
  });

  test.each([undefined, null, 7, "", {}, ["note"], "x".repeat(129)])("cannot be %j", (type) => {
    const result = parseEvent({ type, body: {} }, facts);
    expect(result).toMatchObject({ ok: false, mismatches: [{ path: "type" }] });
    expect(eventTypeOf({ type })).toBeUndefined();
  });

  test.each([undefined, null, 7, "note", [], [{ type: "note" }]])("is not found in %j", (json) => {
    expect(parseEvent(json, facts)).toMatchObject({ ok: false, mismatches: [{ path: "" }] });
    expect(eventTypeOf(json)).toBeUndefined();
  });

  test("is not inherited", () => {
    expect(eventTypeOf(Object.create({ type: "note" }))).toBeUndefined();
  });
});

describe("a nested note", () => {
  test.each(["renote", "reply"])("is passed on whole, however deep its %s go", (key) => {
    const depth = 5_000;
    const result = parseEvent({ type: "note", body: { note: nest(depth, key) } }, facts);
    expect(result).toMatchObject({ ok: true, mismatches: [] });
    let levels = 0;
    let note = result.ok ? (result.event.body as Record<string, unknown>)["note"] : undefined;
    while (note !== undefined) {
      levels++;
      note = (note as Record<string, unknown>)[key];
    }
    expect(levels).toBe(depth + 1);
  });

  test("is checked to a fixed depth and left alone below it", () => {
    const wrong = { ...nest(0, "renote"), text: 7 };
    const checked = parseEvent({ type: "note", body: { note: nest(CHECKED_DEPTH, "renote", wrong) } }, facts);
    const unchecked = parseEvent(
      { type: "note", body: { note: nest(CHECKED_DEPTH + 1, "renote", wrong) } },
      facts,
    );
    expect(checked.mismatches).toHaveLength(1);
    expect(unchecked).toMatchObject({ ok: true, mismatches: [] });
  });

  test("costs no stack where something else is wrong", () => {
    const note = { ...nest(5_000, "renote"), cw: nest(5_000, "x") };
    expect(parseEvent({ type: "note", body: { note } }, facts)).toMatchObject({ ok: true });
  });
});

describe("whatever JSON comes", () => {
  const anything = fc.jsonValue({ maxDepth: 5 });
  const anyType = fc.oneof(fc.constantFrom(...eventTypes), fc.string());
  const enveloped = fc.record(
    { type: anyType, body: anything, note: anything, user: anything },
    { requiredKeys: ["type"] },
  );
  const mutated = fc
    .tuple(fc.constantFrom(...captures), fc.array(fc.tuple(fc.nat(), anything), { maxLength: 4 }))
    .map(([capture, changes]) => changes.reduce<unknown>(mutate, capture.json));

  test("parsing never throws", () => {
    fc.assert(
      fc.property(fc.oneof(anything, enveloped, mutated), (json) => {
        const result = parseEvent(json, facts);
        const isSound = result.ok ? result.event.type === eventTypeOf(json) : result.mismatches.length > 0;
        expect(isSound).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("what parsed parses again without a mismatch", () => {
    fc.assert(
      fc.property(mutated, (json) => {
        const first = parseEvent(json, facts);
        const rest = first.ok ? { type: first.event.type, body: first.event.body } : { type: "x" };
        expect(parseEvent(rest, facts)).toMatchObject({ ok: true, mismatches: [] });
      }),
      { numRuns: 500 },
    );
  });
});

function mutate(json: unknown, [index, value]: [number, unknown]): unknown {
  const paths = pathsOf(json);
  const path = paths[index % Math.max(paths.length, 1)];
  return path === undefined ? json : replaced(json, path, value);
}

function nest(depth: number, key: string, innermost?: object): Record<string, unknown> {
  let note: Record<string, unknown> = { id: "n", user, ...innermost };
  for (let level = 0; level < depth; level++) note = { id: "n", user, [key]: note };
  return note;
}
