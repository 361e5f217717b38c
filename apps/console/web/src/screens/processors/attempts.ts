import type { ProcessorRules } from "../../api/types.ts";

/** When a job that always fails would be tried, counted from its first attempt. */
export interface Attempts {
  /** As the rules have it. */
  readonly count: number;
  /** ms after the first attempt, which is the first of them at 0. Runs themselves are taken as instant. */
  readonly at: readonly number[];
  /** ms from the first attempt to the last one. */
  readonly overMs: number;
  /** `maxAge` ends it before all attempts are spent. */
  readonly cutByAge: boolean;
}

/**
 * Lays the attempts of a processor on a time line, jitter aside.
 *
 * The rules tell the first delays only; the last of them is taken for all that follow, since a backoff that has
 * reached its greatest delay stays there.
 */
export function layAttempts({ attempts, backoffMs, maxAgeMs }: ProcessorRules): Attempts {
  const at = [0];
  for (let i = 0; i < attempts - 1 && at.length < MOST; i++) {
    const delay = backoffMs[i] ?? backoffMs.at(-1) ?? 0;
    at.push((at.at(-1) ?? 0) + delay);
  }
  const within = at.filter((ms) => ms <= maxAgeMs);
  return { count: attempts, at: within, overMs: within.at(-1) ?? 0, cutByAge: within.length < at.length };
}

/** More marks than this cannot be told apart. */
const MOST = 200;

/** The shortest delay that has a place of its own. */
const FLOOR_MS = 1_000;

/**
 * Where a moment is on a logarithmic line.
 *
 * @returns 0 to 1
 */
export function placeOnLine(ms: number, overMs: number): number {
  if (overMs <= 0) return 0;
  return Math.min(1, Math.log1p(ms / FLOOR_MS) / Math.log1p(overMs / FLOOR_MS));
}

/** Round moments within the line, for its marks: not more than fit. */
export function marksWithin(overMs: number): readonly number[] {
  const marks = ROUND_MS.filter((ms) => ms < overMs);
  // Each mark has a label; those too near to the one before, or to the end, are left out.
  const kept: number[] = [];
  for (const ms of marks) {
    const place = placeOnLine(ms, overMs);
    const before = kept.at(-1);
    const isApart = before === undefined ? place > GAP : place - placeOnLine(before, overMs) > GAP;
    if (isApart && place < 1 - GAP) kept.push(ms);
  }
  return kept;
}

const GAP = 0.16;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ROUND_MS = [5 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY];
