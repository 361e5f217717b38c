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
 * author who does not ask for a login before reading. Without a known visibility the answer is no.
 *
 * Says nothing about its content warning, nor about the notes nested in it: ask for each note that is shown.
 *
 * @param note a note, nested or not
 */
export function isShareable(note: Note): boolean {
  if (note.visibility !== "public" && note.visibility !== "home") return false;
  return !note.localOnly && !note.isHidden && !note.user.requireSigninToViewContents;
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
