/** Figures over time, for charts. Times are ms since 1970. */
export interface SeriesPoint {
  /** The start of the step. */
  readonly at: number;
  /** Within the step; null where nothing was recorded. */
  readonly accepted: number | null;
  readonly duplicates: number | null;
  readonly refused: number | null;
  readonly handled: number | null;
  /** Runs that failed. */
  readonly failed: number | null;
  /** Dead letters that came. */
  readonly died: number | null;
  /** From receipt to handled, ms; null where nothing was handled. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** At the end of the step. */
  readonly waiting: number | null;
  readonly dead: number | null;
  /** Redis' memory, bytes. */
  readonly memory: number | null;
}

export type SeriesSpan = "hour" | "day";

export interface Series {
  readonly span: SeriesSpan;
  readonly stepMs: number;
  /** The oldest first, without gaps. */
  readonly points: readonly SeriesPoint[];
}
