import Table from "cli-table3";

export interface TableOptions {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, by index. */
  readonly right?: readonly number[];
  /** The most characters of each column but the last and whole ones. @default 24 */
  readonly widest?: number;
  /** Columns that are never cut, by index: of ids, which are to be copied. */
  readonly whole?: readonly number[];
  /** The width to keep to; Infinity where nobody looks at it, as in a pipe. */
  readonly columns: number;
  readonly paintHead: (text: string) => string;
}

const GAP = 2;
const SMALLEST_LAST = 16;
// oxlint-disable-next-line no-control-regex -- our own colours, which take no room
const COLOUR = /\u001B\[\d+m/g;

/** Columns without lines around them. The last one takes the room that is left, and is cut off at its end. */
export function table(options: TableOptions): string {
  const { head, rows, right = [], widest = 24, whole = [], columns, paintHead } = options;
  const last = head.length - 1;
  const natural = head.map((title, i) =>
    Math.max(...[title, ...rows.map((row) => row[i] ?? "")].map(length)),
  );
  const fixed = natural
    .slice(0, last)
    .map((width, i) => (whole.includes(i) ? width : Math.min(width, widest)) + GAP);
  const left = columns - fixed.reduce((sum, width) => sum + width, 0);
  const isCut = Number.isFinite(columns);
  const made = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    colAligns: head.map((_, i) => (right.includes(i) ? "right" : "left")),
    ...(isCut
      ? { colWidths: [...fixed, Math.min((natural[last] ?? 0) + GAP, Math.max(left, SMALLEST_LAST) + GAP)] }
      : {}),
  });
  made.push(head.map(paintHead), ...rows.map((row) => [...row]));
  return made
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};

function length(text: string): number {
  return [...text.replace(COLOUR, "")].length;
}
