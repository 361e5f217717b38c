import type { Point, Span } from "@misskeep/series";

export type { Point as SeriesPoint, Span as SeriesSpan } from "@misskeep/series";

/** Figures over time, for charts. */
export interface Series {
  readonly span: Span;
  /** Of each step. */
  readonly stepMs: number;
  /** The oldest first, without gaps. */
  readonly points: readonly Point[];
}
