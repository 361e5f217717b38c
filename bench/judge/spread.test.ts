import { expect, test } from "vitest";
import { percentile, spreadOf, spreadsOf } from "./spread.ts";

test("the median of an odd number is the middle one, of an even number between the two", () => {
  expect(spreadOf([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
  expect(spreadOf([4, 1, 2, 9])).toEqual({ median: 3, min: 1, max: 9 });
});

test("a run without the figure is left out", () => {
  expect(spreadOf([NaN, 3])).toEqual({ median: 3, min: 3, max: 3 });
  expect(spreadOf([NaN]).median).toBeNaN();
});

test("a percentile is one of the values, and of few values the largest", () => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.99, 0.999].map((share) => percentile(hundred, share))).toEqual([50, 99, 100]);
  expect(percentile(Float64Array.of(7), 0.5)).toBe(7);
  expect(percentile(new Float64Array(), 0.5)).toBeNaN();
});

test("each figure has its own spread", () => {
  const spreads = spreadsOf([
    { rate: 1, cpu: 30 },
    { rate: 3, cpu: 10 },
  ]);
  expect(spreads.rate).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreads.cpu).toEqual({ median: 20, min: 10, max: 30 });
});
