/** docs/performance.md and its pictures. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Chart, toCharts } from "./charts.ts";
import { toCells } from "./cells.ts";
import type { Report } from "./report.ts";
import type { Table } from "./table.ts";

/** @param folder the documentation's */
export async function writePage(folder: string, report: Report): Promise<void> {
  const charts = toCharts(report.tables);
  await mkdir(join(folder, "performance"), { recursive: true });
  for (const { name, svg } of charts) await writeFile(join(folder, "performance", `${name}.svg`), svg);
  await writeFile(join(folder, "performance.md"), toMarkdown(report, charts));
}

export function toMarkdown(report: Report, charts: readonly Chart[]): string {
  const { machine, versions, tables, targets, absent, sizes } = report;
  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const parts = [
    "# Performance",
    "Written by `npm run bench`; do not edit. All contestants take turns in one run on one machine, each with a Redis of\nits own at the same durability, and each is checked: what it acknowledged has to be there exactly once.",
    `Measured on ${machine.date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, commit ${machine.commit}. Node ${machine.node}, Redis ${machine.redis}${said.length > 0 ? `, ${said.join(", ")}` : ""}. ${machine.isPinned ? "Server, Redis and load generator are pinned to cores." : "Nothing is pinned to cores."} Load before the start: ${machine.loadAverage}.`,
    `Figures are the median of ${sizes.rounds} runs, with the smallest and the largest. CPU time is that of all processes of a contestant, by the operating system's own account.`,
    "## What was to be reached",
    markdownTable([
      ["", "wanted", "got", "reached"],
      ...targets.map(({ what, wanted, got, isReached }) => [
        what,
        wanted,
        got.toFixed(2),
        isReached ? "yes" : "**no**",
      ]),
    ]),
    ...(targets.every(({ isReached }) => isReached)
      ? []
      : [
          "What stands in the way of those that are not reached: [decision 0011](decisions/0011-what-the-way-through-costs.md).",
        ]),
    ...tables.flatMap((table) =>
      sectionOf(
        table,
        charts.find(({ name }) => name === table.id),
      ),
    ),
  ];
  const missing = Object.entries(absent).map(([who, why]) => `- ${who}: ${why}`);
  if (missing.length > 0) parts.push("## Not measured", missing.join("\n"));
  parts.push(
    "## Again",
    "```bash\nnpm run bench               # about an hour; --quick takes some minutes and writes no page\nnpm run bench -- --only door,path\n```",
  );
  return `${parts.join("\n\n")}\n`;
}

function sectionOf(table: Table, chart: Chart | undefined): readonly string[] {
  const promises = table.rows.filter(({ promise }) => promise !== "");
  return [
    `## ${table.title}`,
    table.note,
    ...(chart ? [`![${chart.alt}](performance/${chart.name}.svg)`] : []),
    markdownTable(toCells(table)),
    ...(promises.length > 0
      ? [markdownTable([["", "promises"], ...promises.map(({ title, promise }) => [title, promise])])]
      : []),
  ];
}

/** Aligned as prettier does, so that what is written is as what is checked. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(3, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
