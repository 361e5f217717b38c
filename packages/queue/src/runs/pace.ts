/**
 * Spreads a run's jobs evenly over time. Time that passed unused (a full window, a pause) is not made up for: a burst
 * is what a rate is there to prevent.
 *
 * @param perSecond null: no limit
 * @param now the monotonic clock, ms
 */
export function createPace(
  perSecond: number | null,
  now: () => number,
): {
  /** How many jobs may be dealt with now. */
  allowed(): number;
  /** That many were. */
  spend(jobs: number): void;
  /** How long until the next one may be, ms. */
  waitMs(): number;
} {
  if (perSecond === null)
    return { allowed: () => Number.POSITIVE_INFINITY, spend: () => undefined, waitMs: () => 0 };
  const gapMs = 1_000 / perSecond;
  // A slow loop may deal with what fell due within a second at once.
  const most = Math.max(1, perSecond);
  let next = now();
  const due = (): number => Math.floor((now() - next) / gapMs) + 1;
  return {
    allowed() {
      if (due() > most) next = now() - (most - 1) * gapMs;
      return Math.max(due(), 0);
    },
    spend(jobs) {
      next += jobs * gapMs;
    },
    waitMs: () => Math.max(next - now(), 0),
  };
}
