/**
 * What a note is, and whether it may be shown outside Misskey.
 *
 * | kind | replyId or reply | renoteId or renote | anything of its own |
 * |---|---|---|---|
 * | renote | no | yes | no |
 * | quote | – | yes | yes |
 * | reply | yes | no | – |
 * | note | no | no | – |
 *
 * The rule for quotes is Misskey's own: a renote with a text, a content warning, a file, a poll or a reply.
 */
import type { Note } from "./note.ts";

export type NoteKind = "note" | "renote" | "quote" | "reply";

/**
 * @param note a note
 * @returns what it is; a reply that also quotes counts as a quote
 */
export function noteKind(note: Note): NoteKind {
  const isReply = isPresent(note.replyId) || isPresent(note.reply);
  if (!isPresent(note.renoteId) && !isPresent(note.renote)) return isReply ? "reply" : "note";
  return isReply || hasContent(note) ? "quote" : "renote";
}

/**
 * Whether a note may be shown to people outside its server: public or home, federated, not hidden, and by an
 * author who neither asks for a login before reading nor hides notes of this age. Misskey packs webhooks with
 * `skipHide`, so what its own pages would hide from a stranger arrives in full, in nested notes above all.
 * Without a known visibility the answer is no.
 *
 * Says nothing about its content warning, nor about the notes nested in it: ask for each note that is shown.
 *
 * @param note a note, nested or not
 * @param now the time at which it would be shown, in ms
 */
export function isShareable(note: Note, now: number = Date.now()): boolean {
  if (note.visibility !== "public" && note.visibility !== "home") return false;
  if (note.localOnly || note.isHidden || note.user.requireSigninToViewContents) return false;
  const { makeNotesHiddenBefore, makeNotesFollowersOnlyBefore } = note.user;
  return !isBefore(note, makeNotesHiddenBefore, now) && !isBefore(note, makeNotesFollowersOnlyBefore, now);
}

/**
 * Misskey's rule for hiding old notes: a positive limit is a Unix time in seconds; any other is the negative of
 * an age in seconds. A note that does not tell its time counts as old.
 */
function isBefore(note: Note, limit: number | null | undefined, now: number): boolean {
  if (limit === undefined || limit === null) return false;
  const createdAt = Date.parse(note.createdAt ?? "");
  const isYounger = limit > 0 ? createdAt > limit * 1000 : now - createdAt < -limit * 1000;
  return !isYounger;
}

function hasContent(note: Note): boolean {
  const hasFiles = (note.fileIds?.length ?? 0) > 0 || (note.files?.length ?? 0) > 0;
  return isPresent(note.text) || isPresent(note.cw) || hasFiles || hasPoll(note);
}

/**
 * @param note a note
 * @returns whether a poll belongs to it
 */
export function hasPoll(note: Note): boolean {
  return note.hasPoll === true || isPresent(note.poll);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
