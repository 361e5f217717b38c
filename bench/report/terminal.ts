import CliTable from "cli-table3";
import { toCells } from "./cells.ts";
import type { Report } from "./report.ts";
import type { Table } from "./table.ts";

/** For a person at a terminal. */
export function toText({ machine, tables, targets, absent, sizes }: Report): string {
  const parts = [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, Redis ${machine.redis}, ${machine.date}`,
  ];
  if (machine.loadAverage > machine.cores / 4)
    parts.push(
      `The machine was busy (load ${machine.loadAverage}): rates are noise, ratios of costs are hints.`,
    );
  for (const table of tables) parts.push(`${table.title}\n${table.note}\n${drawn(table)}`);
  for (const [who, why] of Object.entries(absent)) parts.push(`${who}: ${why}`);
  const rows = targets.map(({ what, wanted, got, isReached }) => [
    what,
    wanted,
    got.toFixed(2),
    isReached ? "yes" : "NO",
  ]);
  parts.push(`Median of ${sizes.rounds}, with the smallest and the largest.`);
  if (rows.length > 0) parts.push(lines([["", "wanted", "got", "reached"], ...rows]));
  return `${parts.join("\n\n")}\n`;
}

function drawn(table: Table): string {
  return lines(toCells(table));
}

function lines(cells: readonly (readonly string[])[]): string {
  const [head = [], ...rows] = cells;
  const made = new CliTable({
    head: [...head],
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    colAligns: head.map((_, index) => (index === 0 ? "left" : "right")),
  });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
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
