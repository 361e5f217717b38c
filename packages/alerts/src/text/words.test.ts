import { expect, test } from "vitest";
import { toPlain } from "../test-support/to-plain.ts";
import { duration, names, since } from "./words.ts";

const NOW = Date.UTC(2026, 10, 24, 14, 8);

test.each([
  [0, "0 s"],
  [29_400, "29 s"],
  [90_000, "2 min"],
  [7_100_000, "118 min"],
  [7_200_000, "2 h"],
  [3 * 86_400_000, "3 days"],
])("%d ms are %s", (ms, text) => expect(duration(ms)).toBe(text));

test("says the time with its date where that is another day", () => {
  expect(toPlain(since(NOW - 360_000, NOW))).toBe("14:02 UTC (6 min ago)");
  expect(toPlain(since(NOW - 86_400_000, NOW))).toBe("2026-11-23 14:08 UTC (24 h ago)");
  expect(toPlain(since(NOW + 5_000, NOW))).toBe("14:08 UTC (0 s ago)");
});

test("lists names", () => {
  expect(toPlain(names(["a"], 3))).toBe("a");
  expect(toPlain(names(["a", "b", "c"], 3))).toBe("a, b and c");
  expect(toPlain(names(["a", "b", "c", "d"], 3))).toBe("a, b, c and 1 other");
});
