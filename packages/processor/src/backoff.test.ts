import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, fixed } from "./backoff.ts";
import { DEFAULT_RETRY } from "./retry-rules.ts";

const HOUR_MS = 3_600_000;

/** How long all waits between the attempts are together, ms. */
function total({ attempts, backoff }: typeof DEFAULT_RETRY, random: number): number {
  let sum = 0;
  for (let failed = 1; failed < attempts; failed += 1) sum += backoff(failed, random);
  return sum;
}

describe("exponential", () => {
  it("doubles from the first wait up to the longest", () => {
    const backoff = exponential({ first: "5s", max: "1m" });
    expect([1, 2, 3, 4, 5, 6].map((failed) => backoff(failed, 0.5))).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
  });

  it("spreads by the jitter, to the shorter side", () => {
    const backoff = exponential({ first: "10s", max: "1h", jitter: 0.2 });
    expect([0, 0.5, 1].map((random) => backoff(1, random))).toEqual([10_000, 9_000, 8_000]);
  });

  it("stays a length of time up to its longest, after any number of failures", () => {
    const backoff = exponential({ first: "5s", max: "1h", jitter: 0.2 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failed, random) => {
          const wait = backoff(failed, random);
          return Number.isInteger(wait) && wait >= 4_000 && wait <= HOUR_MS;
        },
      ),
    );
  });

  it.each([-0.1, 1.1, Number.NaN])("refuses a jitter of %s", (jitter) => {
    expect(() => exponential({ first: "5s", max: "1h", jitter })).toThrow(RangeError);
  });
});

describe("fixed", () => {
  it("waits the same each time", () => {
    const backoff = fixed("90s");
    expect([backoff(1, 0), backoff(7, 0.9)]).toEqual([90_000, 90_000]);
  });
});

describe("the default rules", () => {
  it("make 20 attempts over about 10 hours", () => {
    expect(DEFAULT_RETRY.attempts).toBe(20);
    const hours = (random: number): number => total(DEFAULT_RETRY, random) / HOUR_MS;
    expect(hours(0)).toBeCloseTo(10.4, 1);
    expect(hours(0.5)).toBeCloseTo(9.4, 1);
    expect(hours(1)).toBeCloseTo(8.3, 1);
  });
});
