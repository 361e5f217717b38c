/**
 * Much of what is logged was written by strangers: types, hosts, errors of targets. On a terminal it could move the cursor,
 * change the title or reverse the reading of a line.
 */

/** Controls but line ends and tabs, lone surrogates, separators of lines, marks of direction. */
const UNFIT = /[^\P{Cc}\n\t]|[\p{Cs}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** @returns the text with a space in the place of each character that a terminal could obey */
export function plain(text: string): string {
  return text.replace(UNFIT, " ");
}
