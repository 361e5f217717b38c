/**
 * Which text of a note event may be quoted, if any.
 *
 * | note | quoted |
 * |---|---|
 * | with a text of its own | that text |
 * | a pure renote | the renoted note's text |
 *
 * A text is quoted only where its note is shareable (public or home, see note-kind.ts) and has no content
 * warning, an empty one included. For the renoted note both must hold of the renote, too. What a reply answers
 * to, or a quote is about, is never quoted.
 */
import { isShareable, noteKind } from "../note-kind.ts";
import type { Note } from "../note.ts";
import { oneLine } from "./one-line.ts";

const LONGEST_QUOTE = 200;

/**
 * @param note the event's own note
 * @returns one line of at most 200 code points, or undefined
 */
export function quoteOf(note: Note): string | undefined {
  if (!isQuotable(note)) return undefined;
  const source = noteKind(note) === "renote" ? note.renote : note;
  if (source === undefined || source === null || !isQuotable(source)) return undefined;
  const line = oneLine(source.text ?? "", LONGEST_QUOTE);
  return line === "" ? undefined : line;
}

function isQuotable(note: Note): boolean {
  return isShareable(note) && (note.cw === undefined || note.cw === null);
}
