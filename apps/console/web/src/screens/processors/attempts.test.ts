import { describe, expect, test } from "vitest";
import { layAttempts, marksWithin, placeOnLine } from "./attempts.ts";

const HOUR = 3_600_000;
const rules = {
  attempts: 5,
  backoffMs: [1_000, 2_000, 4_000],
  maxAgeMs: HOUR,
  timeoutMs: 1,
  concurrency: 1,
  rateLimit: null,
  settings: [],
};

describe("attempts on a time line", () => {
  test("begin at once, and repeat the last delay that is told", () => {
    expect(layAttempts(rules)).toEqual({
      count: 5,
      at: [0, 1_000, 3_000, 7_000, 11_000],
      overMs: 11_000,
      cutByAge: false,
    });
  });

  test("of a single one take no time", () => {
    expect(layAttempts({ ...rules, attempts: 1, backoffMs: [] })).toMatchObject({ at: [0], overMs: 0 });
  });

  test("end where the job is too old", () => {
    expect(layAttempts({ ...rules, maxAgeMs: 5_000 })).toMatchObject({
      at: [0, 1_000, 3_000],
      cutByAge: true,
    });
  });

  test("stay within what can be drawn, however many there are", () => {
    expect(layAttempts({ ...rules, attempts: 1_000_000, maxAgeMs: Number.MAX_VALUE }).at.length).toBe(200);
  });

  test("keep their order on the line, from one end to the other", () => {
    const places = [0, 1_000, 60_000, HOUR, 10 * HOUR].map((ms) => placeOnLine(ms, 10 * HOUR));
    expect(places[0]).toBe(0);
    expect(places.at(-1)).toBe(1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(placeOnLine(0, 0)).toBe(0);
  });

  test.each([0, 1_000, 11_000, HOUR, 10 * HOUR, 100 * HOUR])(
    "%d ms have marks with room for their labels",
    (over) => {
      const places = [0, ...marksWithin(over), over].map((ms) => placeOnLine(ms, over));
      const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
      if (over > 0) expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.159);
      else expect(marksWithin(over)).toEqual([]);
    },
  );
});
