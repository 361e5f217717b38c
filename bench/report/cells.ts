import type { Verdict } from "../judge/judge.ts";
import type { Spread } from "../judge/spread.ts";
import type { Column, Table } from "./table.ts";

/** A table as texts: the title row, then a row a contestant. */
export function toCells({ columns, rows }: Table): readonly (readonly string[])[] {
  const hasVerdicts = rows.some(({ verdict }) => verdict !== undefined);
  return [
    ["", ...columns.map(({ title }) => title), ...(hasVerdicts ? ["lost", "repeated"] : [])],
    ...rows.map(({ title, figures, verdict }) => [
      title,
      ...columns.map((column) => cell(figures[column.key], column)),
      ...(hasVerdicts ? found(verdict) : []),
    ]),
  ];
}

/** The median, and how far the runs lie apart. */
function cell(spread: Spread | undefined, { digits }: Column): string {
  if (spread === undefined || Number.isNaN(spread.median)) return "–";
  const { median, min, max } = spread;
  const text = format(median, digits);
  if (min === max) return text;
  return `${text} (${format(min, digits)}–${format(max, digits)})`;
}

function format(value: number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString("en", options);
}

function found(verdict: Verdict | undefined): readonly string[] {
  return verdict === undefined ? ["all", "–"] : [String(verdict.lost), String(verdict.repeated)];
}
