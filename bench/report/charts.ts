/** Pictures of the tables, as SVG; drawn without a browser. */
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Row } from "../measure/row.ts";
import type { Table } from "./table.ts";

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

export interface Chart {
  /** Without its ending. */
  readonly name: string;
  /** In words, for who cannot see it. */
  readonly alt: string;
  readonly svg: string;
}

interface Part {
  readonly key: string;
  readonly title: string;
  readonly color: string;
}

const OWN = "#3b6fb6";
const REDIS = "#d1605e";
const OTHER = "#8f8f8f";
const WIDTH = 840;

const stacks: Readonly<Record<string, readonly Part[]>> = {
  door: [
    { key: "cpuUs", title: "own CPU", color: OWN },
    { key: "redisUs", title: "Redis", color: REDIS },
  ],
  path: [
    { key: "cpuUs", title: "own CPU", color: OWN },
    { key: "redisUs", title: "Redis", color: REDIS },
  ],
  "burn-down": [
    { key: "enqueueUs", title: "enqueue", color: "#9dbbe0" },
    { key: "enqueueRedisUs", title: "enqueue, Redis", color: "#eab3b1" },
    { key: "workUs", title: "work", color: OWN },
    { key: "workRedisUs", title: "work, Redis", color: REDIS },
  ],
};
const percentiles: readonly Part[] = [
  { key: "p50", title: "p50", color: "#9dbbe0" },
  { key: "p99", title: "p99", color: OWN },
  { key: "p999", title: "p99.9", color: OTHER },
];
/** Beside these the others could not be told apart. */
const LONGEST = 6;

/** Those tables that say more as a picture. */
export function toCharts(tables: readonly Table[]): readonly Chart[] {
  return tables.flatMap((table): Chart[] => {
    const { id, rows } = table;
    const stack = stacks[id];
    if (stack)
      return [
        draw(table, inScale(rows), stack, { unit: "CPU µs an event; shorter is better", isStacked: true }),
      ];
    if (id.startsWith("latency-"))
      return [
        draw(table, rows, percentiles, { unit: "ms, logarithmic; shorter is better", isStacked: false }),
      ];
    if (id === "workers")
      return [
        draw(table, rows, [{ key: "rate", title: "a second", color: OWN }], {
          unit: "events a second",
          isStacked: false,
        }),
      ];
    return [];
  });
}

/** One that takes a hundred times as long would make a line of all others; it stays in the table. */
function inScale(rows: readonly Row[]): readonly Row[] {
  const ours = rows.find(({ name }) => name.startsWith("misskeep"))?.figures["totalUs"]?.median ?? Infinity;
  return rows.filter(({ figures }) => (figures["totalUs"]?.median ?? 0) <= ours * LONGEST);
}

/** Of what is drawn logarithmically, ms. */
const LEAST = 0.1;

function draw(
  { id, title }: Table,
  rows: readonly Row[],
  parts: readonly Part[],
  { unit, isStacked }: { readonly unit: string; readonly isStacked: boolean },
): Chart {
  const barsOfRow = isStacked ? 1 : parts.length;
  const height = 110 + rows.length * (16 + barsOfRow * 16);
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  const value = (row: Row, key: string): number => Number((row.figures[key]?.median ?? 0).toPrecision(3));
  chart.setOption({
    backgroundColor: "#ffffff",
    animation: false,
    textStyle: { fontFamily: "sans-serif" },
    title: { text: title, left: 8, top: 6, textStyle: { fontSize: 15 } },
    legend: { top: 32, left: 8, itemHeight: 10 },
    grid: { left: 270, right: 50, top: 62, bottom: 40 },
    xAxis: {
      // Else its bars would begin at 1, and those below go to the left.
      ...(unit.includes("logarithmic") ? { type: "log", min: LEAST, startValue: LEAST } : { type: "value" }),
      name: unit,
      nameLocation: "middle",
      nameGap: 24,
    },
    yAxis: { type: "category", inverse: true, data: rows.map((row) => row.title), axisTick: { show: false } },
    series: parts.map(({ key, title: name, color }) => ({
      type: "bar",
      name,
      ...(isStacked ? { stack: "all" } : {}),
      itemStyle: { color },
      label: { show: !isStacked, position: "right" },
      data: rows.map((row) => value(row, key)),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const said = rows.map(
    (row) => `${row.title}: ${parts.map(({ key, title: name }) => `${name} ${value(row, key)}`).join(", ")}`,
  );
  return { name: id, alt: `${title} (${unit}). ${said.join("; ")}`, svg: `${svg}\n` };
}
