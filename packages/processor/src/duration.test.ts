import { describe, expect, it } from "vitest";
import { type Duration, toMs } from "./duration.ts";

describe("toMs", () => {
  it.each<[Duration, number]>([
    ["90s", 90_000],
    ["5m", 300_000],
    ["1h", 3_600_000],
    ["8d", 691_200_000],
    ["1.5h", 5_400_000],
    [250, 250],
    [0, 0],
  ])("takes %j", (duration, ms) => {
    expect(toMs(duration)).toBe(ms);
  });

  it.each(["", "soon", "-5s", "5 parsecs", "5m 30s", " ", -1, Number.NaN, Infinity, null, undefined, {}])(
    "refuses %j, and says how to write one",
    (wrong) => {
      expect(() => toMs(wrong as Duration)).toThrow(RangeError);
      expect(() => toMs(wrong as Duration)).toThrow(/no duration/);
    },
  );
});
