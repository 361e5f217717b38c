/**
 * A histogram of lengths of time in fixed space: each bucket's upper bound is 1.2 times the one below, from 1 ms to
 * over a day. A quantile is told as the geometric middle of its bucket, and so is never more than 9.6 % off (√1.2),
 * whatever the distribution; interpolating within a bucket could be off by the bucket's whole width. There are few
 * enough buckets that a hash of them stays in Redis' compact form.
 */
const GROWTH = 1.2;
/** Bucket 100 begins at about 19 h; whatever is longer is in it too. */
const LAST = 100;

/** Counts by bucket. */
export type Histogram = ReadonlyMap<number, number>;

export interface Quantiles {
  /** ms */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly count: number;
}

/** @param ms below 1, as clocks that disagree can make it, counts as 1 */
export function bucketOf(ms: number): number {
  if (!(ms > 1)) return 0;
  return Math.min(Math.ceil(Math.log(ms) / Math.log(GROWTH) - 1e-9), LAST);
}

/** The middle of a bucket, ms. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : GROWTH ** (bucket - 0.5);
}

/** @returns null for an empty histogram */
export function quantilesOf(histogram: Histogram): Quantiles | null {
  const sorted = [...histogram].filter(([, count]) => count > 0).toSorted(([a], [b]) => a - b);
  const count = sorted.reduce((sum, [, each]) => sum + each, 0);
  if (count === 0) return null;
  const at = (share: number): number => {
    // The smallest value that at least this share of all values does not exceed.
    let left = Math.max(1, Math.ceil(share * count - 1e-9));
    for (const [bucket, each] of sorted) {
      left -= each;
      if (left <= 0) return middleOf(bucket);
    }
    return middleOf(LAST);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count };
}

/** @param histograms of the same buckets */
export function sumOf(histograms: Iterable<Histogram>): Histogram {
  const sum = new Map<number, number>();
  for (const histogram of histograms)
    for (const [bucket, count] of histogram) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
  return sum;
}
