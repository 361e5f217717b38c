import { expect, test } from "vitest";
import { quick } from "../measure/sizes.ts";
import { aRow, aTable } from "../test-support/tables.ts";
import { toCharts } from "./charts.ts";
import { toMarkdown } from "./page.ts";
import type { Report } from "./report.ts";
import { toText } from "./terminal.ts";

const tables = [
  aTable("door", [
    aRow("misskeep", { totalUs: 76, cpuUs: 52, redisUs: 24 }, { acknowledged: 9, lost: 0, repeated: 3 }),
    aRow("slow", { totalUs: 8_000, cpuUs: 8_000, redisUs: 0 }),
  ]),
];
const report: Report = {
  machine: {
    date: "2026-01-02",
    cpu: "A CPU",
    cores: 2,
    memoryGb: 8,
    system: "linux",
    node: "20.20.2",
    redis: "7.0.15",
    commit: "abc",
    isPinned: true,
    loadAverage: 0.1,
  },
  sizes: quick,
  versions: { BullMQ: "6.7.0" },
  tables,
  targets: [{ what: "fast", wanted: "at least 2", got: 1.5, isReached: false }],
  absent: { webhook: "not here" },
};

test("the page says on what it was measured, what was found, missed and not measured", () => {
  const text = toMarkdown(report, toCharts(tables));
  for (const part of ["2026-01-02", "A CPU", "20.20.2", "7.0.15", "BullMQ 6.7.0"])
    expect(text).toContain(part);
  expect(text).toMatch(/\| fast +\| at least 2 +\| 1\.50 +\| \*\*no\*\*/);
  expect(text).toMatch(/\| misskeep +\| 76\.0 +\| 52\.0 +\| 24\.0 +\| 0 +\| 3 +\|/);
  expect(text).toContain("- webhook: not here");
  expect(text).toContain("](performance/door.svg)");
});

test("a chart is one SVG that leaves out what would make a line of all others, and says in words what it shows", () => {
  const [chart] = toCharts(tables);
  expect(chart?.svg).toMatch(/^<svg [^>]*>[\s\S]*<\/svg>\n$/);
  expect(chart?.svg).toContain("misskeep");
  expect(chart?.svg).not.toContain("slow");
  expect(chart?.alt).toContain("misskeep: own CPU 52, Redis 24");
});

test("all bars of times begin at the left, also those below a millisecond", () => {
  const [chart] = toCharts([aTable("latency-202", [aRow("a", { p50: 0.4, p99: 5, p999: 40 })])]);
  const bars = [
    ...(chart?.svg.matchAll(/<path d="M([\d.]+) [\d.]+l(-?[\d.]+) 0l[^>]*ssr_type="chart"/g) ?? []),
  ];
  expect(bars).toHaveLength(3);
  expect(new Set(bars.map(([, left]) => left)).size).toBe(1);
  for (const [, , width] of bars) expect(Number(width)).toBeGreaterThan(0);
});

test("the terminal shows the same, and warns where the machine was busy", () => {
  expect(toText(report)).toMatch(/misskeep +76\.0 +52\.0 +24\.0 +0 +3/);
  expect(toText(report)).not.toContain("busy");
  expect(toText({ ...report, machine: { ...report.machine, loadAverage: 3 } })).toContain("busy");
});
