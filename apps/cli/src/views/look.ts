import type { Paint } from "../text/paint.ts";

/** How a view is to look. */
export interface Look {
  readonly paint: Paint;
  readonly columns: number;
  /** The time that ages are counted from, ms since 1970. */
  readonly now: number;
}

const LABEL = 12;
// oxlint-disable-next-line no-control-regex -- our own colours, which take no room
const COLOUR = /\u001B\[\d+m/g;

/** `label       text`: a line of a page about one thing; a long text goes on below its beginning. */
export function fact(label: string, text: string, { paint, columns }: Look): string {
  const lines = wrap(text, columns - LABEL - 1);
  return `${paint.dim(label.padEnd(LABEL))} ${lines.join(`\n${" ".repeat(LABEL + 1)}`)}`;
}

/**
 * Breaks a text at its spaces.
 *
 * @param width of a line; Infinity breaks nothing
 * @param paint applied to each line: a colour that goes over a line end would colour what stands beside it
 */
export function wrap(
  text: string,
  width: number,
  paint: (line: string) => string = (line) => line,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && visible(line) + 1 + visible(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map(paint);
}

/** As `wrap`, each line behind a mark or spaces of the same width. */
export function paragraph(
  text: string,
  { columns }: Look,
  { first = "", rest = " ".repeat(first.length), paint = (line: string) => line } = {},
): string {
  const [head = "", ...tail] = wrap(text, columns - first.length);
  return [`${first}${head}`, ...tail.map((line) => `${rest}${line}`)].map(paint).join("\n");
}

function visible(text: string): number {
  return text.replace(COLOUR, "").length;
}
