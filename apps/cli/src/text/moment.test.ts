import { expect, test } from "vitest";
import { readMoment } from "./moment.ts";

const NOW = Date.parse("2026-11-24T06:52:49.123Z");

test.each([
  ["90s", NOW - 90_000],
  ["15m", NOW - 900_000],
  ["2h", NOW - 7_200_000],
  ["7d", NOW - 604_800_000],
  ["2026-11-24", Date.parse("2026-11-24T00:00:00Z")],
  ["2026-11-24T06:52:49.123Z", NOW],
])("%s is a moment", (text, at) => {
  expect(readMoment(text, NOW)).toBe(at);
});

test.each(["", "5", "may", "h", "-2h", "1.5h", "2026", "2026-13-45", "1969-01-01", "2 h"])(
  "%j is none",
  (text) => {
    expect(readMoment(text, NOW)).toBeUndefined();
  },
);
