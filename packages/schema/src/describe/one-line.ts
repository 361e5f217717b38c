/**
 * Makes text that users wrote fit for one line of a log or a message: no control characters, line breaks or
 * lone surrogates, nothing invisible that reorders what stands around it, and of a bounded length.
 */

/** Control characters and lone surrogates. Unicode's own line separators count as white space below. */
const BREAKING = /[\p{Cc}\p{Cs}]/gu;

/**
 * Direction marks, invisible operators, interlinear and tag characters, the byte order mark. The zero-width
 * joiner stays: emoji such as families are made with it.
 */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/**
 * @param text anything a user may have written
 * @param limit the most code points that may remain, the ellipsis included
 */
export function oneLine(text: string, limit: number): string {
  // Looking at far more than can remain is enough, and keeps a megabyte of text cheap.
  const start = text.slice(0, limit * 16);
  const clean = start.replace(BREAKING, " ").replace(INVISIBLE, "").replace(/\s+/gu, " ").trim();
  const points = [...clean];
  if (points.length <= limit && start.length === text.length) return clean;
  return `${points.slice(0, limit - 1).join("")}…`;
}
