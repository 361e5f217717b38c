import { expect, test } from "vitest";
import { formatExact, formatRelative, isDate } from "./format-time.ts";

const NOW = Date.UTC(2026, 10, 5, 12, 0, 0);

test.each([
  [0, "1 sec. ago"],
  [-400, "1 sec. ago"],
  [-59_999, "59 sec. ago"],
  [-60_000, "1 min. ago"],
  [-3 * 3_600_000, "3 hr. ago"],
  [-26 * 3_600_000, "1 day ago"],
  [-400 * 86_400_000, "1 yr. ago"],
  [400, "1 sec. ago"],
  [1_000, "in 1 sec."],
  [80 * 60_000, "in 1 hr."],
  [7 * 86_400_000 - 1_000, "in 7 days"],
  [-7 * 86_400_000 + 1_000, "6 days ago"],
])("says how long ago %i ms are", (difference, text) => {
  expect(formatRelative(NOW + difference, NOW, "en")).toBe(text);
});

test("speaks the reader's language", () => {
  expect(formatRelative(NOW - 120_000, NOW, "ja")).toBe("2 分前");
});

test.each([8.64e15 + 1, -8.64e15 - 1, Number.NaN])("%d is no date, and breaks no page", (at) => {
  expect(isDate(at)).toBe(false);
  expect(formatExact(at, "en")).toBe("–");
});

test("the last moment that is a date is one", () => {
  expect(isDate(8.64e15)).toBe(true);
  expect(formatExact(8.64e15, "en")).toMatch(/275760/);
});

test("says exactly when, to the second and with the zone", () => {
  expect(formatExact(NOW, "en")).toMatch(/^Nov \d+, 2026, \d{2}:\d{2}:00 .*\w/);
});
