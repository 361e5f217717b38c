import { expect, test } from "vitest";
import { isEventType, type EventType } from "./events.ts";
import { parseEvent, type ParseResult } from "./parse-event.ts";
import { captures } from "./testing/captures.ts";
import { deleted, formatted, pathsOf, replaced } from "./testing/paths.ts";

const facts = { id: "0-1-0", hook: "default", receivedAt: 1 };

/** The table at the head of events.ts, and `type`. */
const note = ["type", "body", "body.note", "body.note.id", "body.note.user"];
const noteAuthor = ["body.note.user.id", "body.note.user.username"];
const user = ["type", "body", "body.user", "body.user.id", "body.user.username"];
const reportBody = ["type", "body", "body.id"];
const nothing = ["type"];
const required: Readonly<Record<EventType, readonly string[]>> = {
  note: [...note, ...noteAuthor],
  reply: [...note, ...noteAuthor],
  renote: [...note, ...noteAuthor],
  mention: [...note, ...noteAuthor],
  edited: [...note, ...noteAuthor],
  follow: user,
  followed: user,
  unfollow: user,
  abuseReport: reportBody,
  abuseReportResolved: reportBody,
  userCreated: [...reportBody, "body.username"],
  reaction: nothing,
  inactiveModeratorsWarning: nothing,
  inactiveModeratorsInvitationOnlyChanged: nothing,
  inactiveModeratorsDisablePublicNoteChanged: nothing,
  reportCreated: nothing,
  reportResolved: nothing,
  reportAutoResolved: nothing,
};

function isRequired(json: Record<string, unknown>, path: string): boolean {
  const type = json["type"];
  if (typeof type !== "string" || !isEventType(type)) throw new Error("a capture of an unknown type");
  return required[type].includes(path);
}

function pathsReported(result: ParseResult): string[] {
  return result.mismatches.map((mismatch) => mismatch.path);
}

test.each(captures)("$name parses with any one field deleted that is not required", ({ json }) => {
  const broken = pathsOf(json).filter((path) => {
    const name = formatted(path);
    const result = parseEvent(deleted(json, path), facts);
    if (result.ok === isRequired(json, name)) return true;
    // What is missing is no mismatch, unless a nested user or note cannot do without it.
    return result.ok && result.mismatches.length > 0 && !/\.(?:id|username|user)$/u.test(name);
  });
  expect(broken).toEqual([]);
});

/** A resend repeats the bytes of the first send. */
const distinct = captures.filter(({ name }) => !/-send[234]\.json$/u.test(name));

test.each(distinct)("$name parses with any one field of a wrong type that is not required", ({ json }) => {
  const wrongValues = [null, 7, true, "wrong", [], [["wrong"]], { wrong: { wrong: 7 } }];
  const broken = pathsOf(json).filter((path) => {
    const name = formatted(path);
    // What is reported is the wrong place, or something in it, or the table or list that it is part of.
    const isElsewhere = (reported: string) => !reported.startsWith(name) && !name.startsWith(reported);
    return wrongValues.some((wrong) => {
      const result = parseEvent(replaced(json, path, wrong), facts);
      return !isRequired(json, name) && (!result.ok || pathsReported(result).some(isElsewhere));
    });
  });
  expect(broken).toEqual([]);
});

test("a required field of a wrong type fails with the path of every mismatch", () => {
  const json = { type: "note", body: { note: { id: 5, user: { id: "u" }, cw: [], renoteCount: "3" } } };
  const result = parseEvent(json, facts);
  expect(result.ok).toBe(false);
  expect(result.mismatches).toEqual([
    { path: "body.note.id", message: "expected string, got number" },
    { path: "body.note.user.username", message: "expected string, got nothing" },
    { path: "body.note.cw", message: "expected string, got array" },
    { path: "body.note.renoteCount", message: "expected number, got string" },
  ]);
});

test("equal mistakes in a list are one mismatch, and only the wrong elements are left out", () => {
  const files = [7, { id: "a", url: "https://x.example/a" }, { id: "b", url: 7 }, { id: "c", url: 8 }, "x"];
  const result = parseEvent(noteWith({ files }), facts);
  expect(result).toMatchObject({ ok: true });
  expect(pathsReported(result)).toEqual(["body.note.files[]", "body.note.files[].url"]);
  expect(result.ok && result.event.body).toMatchObject({
    note: { files: [{ id: "a", url: "https://x.example/a" }, { id: "b" }, { id: "c" }] },
  });
});

test("a nested user or note that lacks what it needs is left out alone", () => {
  const renote = { id: "n2", user: { id: "u2" }, text: "x" };
  const quote = parseEvent(noteWith({ text: "mine", renoteId: "n2", renote }), facts);
  expect(quote.ok && quote.event.body).toEqual({
    note: { id: "n1", user: { id: "u1", username: "alice" }, text: "mine", renoteId: "n2" },
  });
  const report = parseEvent({ type: "abuseReport", body: { id: "r", targetUser: {}, reporter: {} } }, facts);
  expect(report.ok && report.event.body).toEqual({ id: "r" });
});

test.each([
  ["cw", { cw: 7 }],
  ["localOnly", { localOnly: "true" }],
  ["isHidden", { isHidden: 1 }],
  ["visibility", { visibility: "everyone" }],
  ["requireSigninToViewContents", { user: { id: "u", username: "a", requireSigninToViewContents: "yes" } }],
  ["makeNotesHiddenBefore", { user: { id: "u", username: "a", makeNotesHiddenBefore: "-3600" } }],
])("a note whose %s cannot be judged has no visibility, at any depth", (_, fields) => {
  const own = parseEvent(noteWith({ visibility: "public", ...fields }), facts);
  expect(own.ok && "note" in own.event.body && own.event.body.note).not.toHaveProperty("visibility");
  const nested = parseEvent(
    noteWith({
      visibility: "public",
      renote: { id: "n2", user: { id: "u2", username: "bob" }, visibility: "home", ...fields },
    }),
    facts,
  );
  expect(nested.ok && nested.event.body).toMatchObject({ note: { visibility: "public" } });
  expect(nested.ok && nested.event.body).not.toHaveProperty("note.renote.visibility");
});

test("no message or path of a mismatch holds anything of the payload", () => {
  const secret = "SECRET";
  const json = noteWith({
    cw: { [secret]: secret },
    visibility: secret,
    reactions: { [secret]: secret },
    emojis: { [secret]: 7 },
    tags: [7, secret],
    files: [secret],
    poll: { choices: { [secret]: secret } },
  });
  const result = parseEvent({ ...json, server: secret, createdAt: secret }, facts);
  expect(result.mismatches.length).toBeGreaterThan(7);
  expect(JSON.stringify(result.mismatches)).not.toContain(secret);
});

test("a huge wrong list is one mismatch", () => {
  const result = parseEvent(noteWith({ files: Array.from({ length: 500_000 }, () => 7) }), facts);
  expect(result.ok && pathsReported(result)).toEqual(["body.note.files"]);
});

function noteWith(fields: object): Record<string, unknown> {
  return { type: "note", body: { note: { id: "n1", user: { id: "u1", username: "alice" }, ...fields } } };
}
