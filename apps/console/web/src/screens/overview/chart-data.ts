import type { Series, SeriesPoint, SeriesSpan } from "../../api/types.ts";

type Measure = Exclude<keyof SeriesPoint, "at">;

/** One chart: some measures of a series over its time. */
export interface Chart {
  readonly name: "events" | "latency" | "backlog";
  readonly span: SeriesSpan;
  readonly stepMs: number;
  readonly measures: readonly Measure[];
  readonly points: readonly SeriesPoint[];
  /** Whether anything was recorded. */
  readonly isEmpty: boolean;
}

const CHARTS = {
  events: ["accepted", "duplicates", "refused"],
  latency: ["p50", "p95", "p99"],
  backlog: ["waiting", "dead"],
} as const satisfies Record<Chart["name"], readonly Measure[]>;

/** The charts of the overview. */
export function chartsOf({ span, stepMs, points }: Series): readonly Chart[] {
  return Object.entries(CHARTS).map(([name, measures]) => ({
    name: name as Chart["name"],
    span,
    stepMs,
    measures,
    points,
    isEmpty: points.every((point) => measures.every((measure) => point[measure] === null)),
  }));
}

/** 0 where nothing was recorded. */
export function sumOf(points: readonly SeriesPoint[], measure: Measure): number {
  return points.reduce((sum, point) => sum + (point[measure] ?? 0), 0);
}

/** null where nothing was recorded. */
export function mostOf(points: readonly SeriesPoint[], measure: Measure): number | null {
  return points.reduce<number | null>((most, point) => {
    const value = point[measure];
    return value === null || (most !== null && most >= value) ? most : value;
  }, null);
}

/** null where nothing was recorded. */
export function lastOf(points: readonly SeriesPoint[], measure: Measure): number | null {
  return points.findLast((point) => point[measure] !== null)?.[measure] ?? null;
}
