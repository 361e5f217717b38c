/** Lengths are in UTF-16 units: whatever a service counts in, it counts no more than these. */

/** Control characters but line breaks and tabs; direction marks and other invisible characters. */
const UNWANTED =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu; // oxlint-disable-line no-control-regex -- they are what is looked for
const LONE_SURROGATES = /\p{Cs}/gu;
const BLANK_LINES = /\n{3,}/g;
/** Far more than any service shows; a longer text is not looked at further. */
const LONGEST = 20_000;

/** What someone wrote, without characters that break JSON readers or rearrange what stands around it. */
export function cleanText(text: string): string {
  return text
    .slice(0, LONGEST)
    .replaceAll("\r\n", "\n")
    .replace(/[\r\u2028\u2029]/g, "\n")
    .replace(UNWANTED, "")
    .replace(LONE_SURROGATES, "\uFFFD")
    .replace(BLANK_LINES, "\n\n")
    .trim();
}

/** The same, on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}

/**
 * Puts tokens together up to a limit; an ellipsis stands for the rest. A token (an escaped character, a link)
 * is never cut.
 *
 * @param limit at least 1
 */
export function fit(tokens: Iterable<string>, limit: number): string {
  let whole = "";
  let withRoom = "";
  for (const token of tokens) {
    whole += token;
    if (whole.length > limit) return `${withRoom}…`;
    if (whole.length < limit) withRoom = whole;
  }
  return whole;
}

/** A part of a text: a URL, or one code point of anything else. */
export interface Piece {
  readonly text: string;
  readonly isUrl: boolean;
}

/** Ends at everything that is markup in either service, and not with what rather ends the sentence. */
const URL_IN_TEXT = /https?:\/\/[^\s<>|`*\\[\]"]*[^\s<>|`*\\[\]".,:;!?'()、。，．」』）]/giu;

/** Splits a text, so that its URLs stay links where the rest is escaped. */
export function* piecesOf(text: string): Generator<Piece> {
  let from = 0;
  for (const { index, 0: url } of text.matchAll(URL_IN_TEXT)) {
    for (const point of text.slice(from, index)) yield { text: point, isUrl: false };
    yield { text: url, isUrl: true };
    from = index + url.length;
  }
  for (const point of text.slice(from)) yield { text: point, isUrl: false };
}
