/**
 * Much of what is printed was written by strangers: names, types, hosts, errors, bodies. A terminal obeys control
 * sequences wherever they come from, and characters that reverse the direction can make a line read as another.
 */

/** C0 and C1 controls (U+009B starts a sequence as ESC [ does), lone surrogates, line and paragraph separators. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;
/** Marks that change the direction of what follows, and invisible tags. */
const DECEPTIVE = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
/** Whole sequences, so that their visible rest does not stay behind. */
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const SEQUENCE = /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[ -/]*[0-~])/g;

/** Makes any text fit for one line. */
export function oneLine(text: string): string {
  return text
    .replace(SEQUENCE, "")
    .replace(CONTROL, " ")
    .replace(DECEPTIVE, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** As `oneLine`, and keeps the lines: for stacks. */
export function lines(text: string): string[] {
  return text.split("\n").map((line) => oneLine(line.replace(/^\s+/, "")));
}

/** Shows each character that a terminal or a reader could take for something else as `\uXXXX`. */
export function escaped(text: string): string {
  const show = (char: string): string =>
    [...Array(char.length).keys()]
      .map((i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, "0")}`)
      .join("");
  return text.replace(CONTROL, show).replace(DECEPTIVE, show);
}

/** JSON that a terminal may show: `JSON.stringify` itself leaves C1 controls and direction marks as they are. */
export function toJson(value: unknown): string {
  // What is left of control characters outside of its strings are its own line ends.
  return JSON.stringify(value, undefined, 2).split("\n").map(escaped).join("\n");
}

/** The colours of paint.ts, at the place where one of them begins or ends. */
// oxlint-disable-next-line no-control-regex -- as above
const OURS = /\u001B\[(?:0|1|2|22|31|32|33|36|39)m/y;

/** The last gate: lets only line ends and our own colours pass, whatever a view forgot. */
export function harden(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, (char, index: number) => {
    if (char === "\n") return char;
    OURS.lastIndex = index;
    return OURS.test(text) ? char : " ";
  });
}
