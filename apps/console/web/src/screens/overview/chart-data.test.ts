import { expect, test } from "vitest";
import type { SeriesPoint } from "../../api/types.ts";
import { chartsOf, lastOf, mostOf, sumOf } from "./chart-data.ts";

const nothing: SeriesPoint = {
  at: 0,
  accepted: null,
  duplicates: null,
  refused: null,
  handled: null,
  failed: null,
  died: null,
  p50: null,
  p95: null,
  p99: null,
  waiting: null,
  dead: null,
  memory: null,
};

test("a chart is empty only where none of its measures was ever recorded", () => {
  const points = [nothing, { ...nothing, at: 1, dead: 0 }];
  const charts = chartsOf({ span: "hour", stepMs: 1, points });
  expect(charts.map(({ name, isEmpty }) => [name, isEmpty])).toEqual([
    ["events", true],
    ["latency", true],
    ["backlog", false],
  ]);
});

test("gaps count as nothing in a sum, and are passed over for the last and the greatest", () => {
  const points = [{ ...nothing, accepted: 3 }, nothing, { ...nothing, accepted: 2 }, nothing];
  expect(sumOf(points, "accepted")).toBe(5);
  expect(mostOf(points, "accepted")).toBe(3);
  expect(lastOf(points, "accepted")).toBe(2);
  expect(mostOf([nothing], "accepted")).toBeNull();
  expect(lastOf([nothing], "accepted")).toBeNull();
});
