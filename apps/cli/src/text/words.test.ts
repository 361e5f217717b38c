import { expect, test } from "vitest";
import { ago, count, duration, exact, rate, since, size } from "./words.ts";

test("durations are told in one unit", () => {
  expect([120, 3_000, 90_000, 7_200_000, 3 * 86_400_000].map(duration)).toEqual([
    "120 ms",
    "3 s",
    "1 min",
    "2 h",
    "3 d",
  ]);
});

test("ages look back and forward", () => {
  expect([ago(0, 500), ago(0, 3_000), ago(60_000, 0)]).toEqual(["just now", "3 s ago", "in 1 min"]);
});

test("sizes and counts are readable", () => {
  expect([size(0), size(812), size(3.1 * 1024 ** 2), size(2 * 1024 ** 3)]).toEqual([
    "0 B",
    "812 B",
    "3.1 MiB",
    "2.0 GiB",
  ]);
  expect([count(1, "event"), count(12_345, "event")]).toEqual(["1 event", "12,345 events"]);
});

test("exact times say their zone and read back as the same moment", () => {
  const at = Date.UTC(2026, 2, 5, 1, 2, 3, 45);
  const text = exact(at);
  expect(text).toMatch(/^2026-03-0[45] \d\d:\d\d:03\.045 [+-]\d\d:\d\d$/);
  const [date, time, zone] = text.split(" ");
  expect(Date.parse(`${date}T${time}${zone}`)).toBe(at);
});

test("a moment of today is told by its time, an older one with its date", () => {
  const now = Date.now();
  expect(since(now - 60_000, now)).toMatch(/^\d\d:\d\d$/);
  expect(since(now - 3 * 86_400_000, now)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
});

test("rates have two digits where they are few", () => {
  expect([0, 0.1234, 1.234, 9.99, 12.3, 1_234.5].map(rate)).toEqual([
    "0",
    "0.12",
    "1.2",
    "10",
    "12",
    "1,235",
  ]);
});
