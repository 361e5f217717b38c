import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketOf, quantilesOf, sumOf } from "./histogram.ts";

const ofValues = (values: readonly number[]): ReadonlyMap<number, number> =>
  sumOf(values.map((ms) => new Map([[bucketOf(ms), 1]])));

/** The smallest value that at least this share of all values does not exceed. */
function exact(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1] ?? Number.NaN;
}

const anHour = fc.integer({ min: 1, max: 3_600_000 });
/** Some are spread, others lie close together at one edge of a bucket: the hard case. */
const values = fc.oneof(
  fc.array(anHour, { minLength: 1, maxLength: 300 }),
  fc
    .tuple(
      fc.integer({ min: 1, max: 80 }),
      fc.array(fc.constantFrom(-1, 0, 1), { minLength: 1, maxLength: 50 }),
    )
    .map(([bucket, offsets]) => offsets.map((offset) => Math.max(1, Math.round(1.2 ** bucket) + offset))),
);

test("a quantile is never more than 10 % off, whatever the values", () => {
  fc.assert(
    fc.property(values, (each) => {
      const quantiles = quantilesOf(ofValues(each));
      for (const [told, share] of [
        [quantiles?.p50, 0.5],
        [quantiles?.p95, 0.95],
        [quantiles?.p99, 0.99],
      ] as const) {
        const really = exact(each, share);
        expect(Math.abs((told ?? 0) - really) / really).toBeLessThanOrEqual(0.1);
      }
      expect(quantiles?.count).toBe(each.length);
    }),
    { numRuns: 500 },
  );
});

test("a greater value is never in a lesser bucket, and there are few enough for Redis' compact form", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1, max: 1e12, noNaN: true }),
      fc.double({ min: -1, max: 1e12, noNaN: true }),
      (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(bucketOf(less)).toBeLessThanOrEqual(bucketOf(more));
        expect(bucketOf(more)).toBeLessThanOrEqual(100);
        expect(bucketOf(less)).toBeGreaterThanOrEqual(0);
        expect(Number.isInteger(bucketOf(more))).toBe(true);
      },
    ),
  );
});

test.each([0, -5_000, Number.NaN])("%s ms, as clocks that disagree make it, counts as 1 ms", (ms) => {
  expect(quantilesOf(ofValues([ms]))).toEqual({ p50: 1, p95: 1, p99: 1, count: 1 });
});

test("nothing has no quantiles", () => {
  expect(quantilesOf(new Map())).toBeNull();
  expect(quantilesOf(new Map([[3, 0]]))).toBeNull();
});
