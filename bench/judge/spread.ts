/** One figure over several runs. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @param values at least one; NaN where a run has none */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  const median = Number.isInteger(middle) && middle > 0 ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
  return { median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** The smallest value that at least this share of them does not exceed. @param share such as 0.999 */
export function percentile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Figure by figure, over the runs of one contestant. */
export function spreadsOf<Name extends string>(
  runs: readonly Readonly<Record<Name, number>>[],
): Record<Name, Spread> {
  const names = Object.keys(runs[0] ?? {}) as Name[];
  const pairs = names.map((name) => [name, spreadOf(runs.map((run) => run[name]))] as const);
  return Object.fromEntries(pairs) as Record<Name, Spread>;
}
