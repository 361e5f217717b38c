import type { Paint } from "../text/paint.ts";

/** How a view is to look. */
export interface Look {
  readonly paint: Paint;
  readonly columns: number;
  /** The time that ages are counted from, ms since 1970. */
  readonly now: number;
}

const LABEL = 12;

/** `label       text`: a line of a page about one thing. */
export function fact(label: string, text: string, { paint }: Look): string {
  return `${paint.dim(label.padEnd(LABEL))} ${text}`;
}

/** Breaks a text into lines of a width, at spaces; what follows the first is indented. */
export function wrap(text: string, width: number, indent = ""): string {
  if (!Number.isFinite(width)) return text;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
