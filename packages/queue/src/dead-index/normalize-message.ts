/**
 * What an error's message has in common with those of other letters: values are replaced, words stay.
 *
 * | in a message | becomes |
 * |---|---|
 * | `https://misskey.example/notes/9x` | `<url>` |
 * | anything between quotation marks | `<text>` |
 * | `2026-11-24T06:52:49.123Z`, `06:52:49` | `<time>` |
 * | `alice@example.tld`, `@alice`, `@alice@example.tld` | `<user>` |
 * | `127.0.0.1:5432`, `[::1]:80` | `<ip>` |
 * | UUIDs, Misskey's ids (aid, aidx, meid, ULID, ObjectId), hexadecimal digits, tokens | `<id>` |
 * | other numbers | `<n>` |
 *
 * Pure. What it gives, it gives again when it is given that. A message has at most 2,000 characters, in which no
 * pattern is worse than quadratic.
 */

import { isId } from "./is-id.ts";

/** Characters; recorded messages are no longer (recorded-error.ts). */
const LONGEST_INPUT = 2_000;
const LONGEST = 300;

/** Two placeholders for the same place would tear a group apart, so each pattern takes all it can. */
const patterns = {
  done: String.raw`<(?:url|text|time|user|ip|id|n)>`,
  // What a target answered tells failures apart.
  status: String.raw`(?<=\b(?:HTTP|status|status code|answered|answered with|code):? )[1-5]\d\d\b(?! ?(?:m?s|bytes)\b)`,
  url: String.raw`\b[a-z][a-z0-9+.\-]{0,30}:\/\/[^\s"'<>)\]}\u3001\u3002]+`,
  text: [
    String.raw`"(?:[^"\\]|\\.)*"`,
    String.raw`(?<![\p{L}\p{N}])'(?:[^'\\]|\\.)*'(?![\p{L}\p{N}])`,
    "`[^`]*`",
    "“[^”]*”",
    "「[^」]*」",
  ].join("|"),
  time: [
    String.raw`\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?Z|[+\-]\d\d:?\d\d)?)?\b`,
    String.raw`(?<![\p{L}\p{N}:])\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\b(?!:)`,
  ].join("|"),
  user: [
    String.raw`@?[\p{L}\p{N}_.+\-]+@[\p{L}\p{N}][\p{L}\p{N}.\-]*(?::\d+)?`,
    String.raw`(?<![\p{L}\p{N}@])@[\p{L}\p{N}_][\p{L}\p{N}_.\-]*`,
  ].join("|"),
  ip: [
    String.raw`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b`,
    String.raw`\[?(?<![\p{L}\p{N}:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){4})(?=[0-9a-f:]*\d)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){1,7}:[0-9a-f]{1,4}(?:\]:\d+|\])?(?![\p{L}\p{N}:])`,
  ].join("|"),
  id: [
    String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`,
    // A token, such as a JWT or one of base64.
    String.raw`(?<![\w\-.])(?=[\w\-.]*\d)(?=[\w\-.]*[a-z])[\w\-]{20,}(?:\.[\w\-]{10,})*=*(?![\w\-.])`,
    String.raw`(?<=\b(?:note|user|file|hook|channel|id)s?(?: id)?(?: |: ?|=|#))(?:[0-9a-z]{10}|[0-9a-z]{16})\b`,
  ].join("|"),
  word: String.raw`\b(?=\d*[a-z])[0-9a-z]{6,}\b`,
  n: String.raw`(?<![\p{L}\p{N}_)\]])[+\-]?\d+(?:[.,]\d+)*(?:e[+\-]?\d+)?|\d+(?:[.,]\d+)*`,
};

const names = Object.keys(patterns) as (keyof typeof patterns)[];
const values = new RegExp(names.map((name) => `(?<${name}>${patterns[name]})`).join("|"), "giu");

/** @param message as it was recorded, whatever it holds */
export function normalizeMessage(message: string): string {
  let text = message.slice(0, LONGEST_INPUT).replaceAll(/\s+/gu, " ").trim();
  // What is left after a replacement or a cut can be a value in its turn. Each round takes characters away that no
  // placeholder holds, so there is a last one.
  for (;;) {
    const next = cut(text.replaceAll(values, placeholder));
    if (next === text) return text;
    text = next;
  }
}

function placeholder(match: string, ...rest: unknown[]): string {
  const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
  const name = names.find((each) => groups[each] !== undefined);
  if (name === undefined || name === "done" || name === "status") return match;
  if (name !== "word") return `<${name}>`;
  return isId(match.toLowerCase()) ? "<id>" : match.replaceAll(/\d+/gu, "<n>");
}

/** Leaves no half of a placeholder, nor of a character. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return text
    .slice(0, LONGEST)
    .replace(/<[a-z]*$/u, "")
    .replace(/[\uD800-\uDBFF]$/u, "")
    .trimEnd();
}
