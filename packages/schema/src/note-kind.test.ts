import { expect, test } from "vitest";
import { isShareable, noteKind } from "./note-kind.ts";
import type { Note } from "./note.ts";

const plain: Note = { id: "n", user: { id: "u", username: "alice" } };
const other: Note = { id: "n2", user: { id: "u2", username: "bob" } };

test.each([
  ["note", {}],
  ["note", { replyId: null, renoteId: null, reply: null, renote: null }],
  ["reply", { replyId: "n2", text: "x" }],
  ["reply", { reply: other }],
  ["renote", { renoteId: "n2", text: null, cw: null, files: [], fileIds: [], poll: null }],
  ["renote", { renote: other }],
  ["quote", { renoteId: "n2", text: "x" }],
  ["quote", { renoteId: "n2", cw: "" }],
  ["quote", { renoteId: "n2", fileIds: ["f"] }],
  ["quote", { renoteId: "n2", hasPoll: true }],
  ["quote", { renoteId: "n2", replyId: "n3" }],
] as const)("a %s is what Misskey calls one: %j", (kind, fields) => {
  expect(noteKind({ ...plain, ...fields } as Note)).toBe(kind);
});

test.each<[boolean, Partial<Note>]>([
  [true, { visibility: "public" }],
  [true, { visibility: "home", localOnly: false, isHidden: false }],
  [false, {}],
  [false, { visibility: undefined }],
  [false, { visibility: "followers" }],
  [false, { visibility: "specified" }],
  [false, { visibility: "public", localOnly: true }],
  [false, { visibility: "public", isHidden: true }],
  [false, { visibility: "public", user: { ...plain.user, requireSigninToViewContents: true } }],
])("it is %s that a note may be shown with %j", (expected, fields) => {
  expect(isShareable({ ...plain, ...fields })).toBe(expected);
});

test.each<[boolean, Partial<Note["user"]>, string | undefined]>([
  [true, { makeNotesHiddenBefore: null, makeNotesFollowersOnlyBefore: null }, undefined],
  [true, { makeNotesHiddenBefore: -3600 }, "2026-11-24T11:00:01Z"],
  [false, { makeNotesHiddenBefore: -3600 }, "2026-11-24T11:00:00Z"],
  [true, { makeNotesFollowersOnlyBefore: Date.UTC(2026, 0) / 1000 }, "2026-01-01T00:00:01Z"],
  [false, { makeNotesFollowersOnlyBefore: Date.UTC(2026, 0) / 1000 }, "2026-01-01T00:00:00Z"],
  [false, { makeNotesHiddenBefore: 0 }, "2026-11-24T12:00:00Z"],
  [false, { makeNotesHiddenBefore: -3600 }, undefined],
  [false, { makeNotesHiddenBefore: 1 }, "no time"],
])("it is %s that an author with %j shares a note of %s", (expected, limits, createdAt) => {
  const user = { ...plain.user, ...limits };
  const note: Note = { ...plain, user, visibility: "public", createdAt };
  expect(isShareable(note, Date.UTC(2026, 10, 24, 12))).toBe(expected);
});
