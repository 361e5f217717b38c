import { expect, test } from "vitest";
import { comingMoment, positive, wholeNumber, words } from "./values.ts";

test("a coming moment is from now on, and never in the past", () => {
  const before = Date.now();
  expect(comingMoment("8h")).toBeGreaterThanOrEqual(before + 8 * 3_600_000);
  expect(comingMoment("2999-01-01")).toBe(Date.parse("2999-01-01"));
  for (const text of ["2020-01-01", "0h", "soon", ""]) expect(() => comingMoment(text)).toThrow(/to come/);
});

test("words stand with commas between, or the option again", () => {
  expect(words("note, mention", undefined)).toEqual(["note", "mention"]);
  expect(words("reply", ["note"])).toEqual(["note", "reply"]);
  expect(() => words("note,,mention", undefined)).toThrow(/commas/);
});

test("numbers are no other than they say", () => {
  expect([positive("0.5"), positive("10")]).toEqual([0.5, 10]);
  for (const text of ["0", "-1", "1e3", "", "100001", " 1"]) expect(() => positive(text)).toThrow(/above 0/);
  for (const text of ["0", "1.5", "11", "x"]) expect(() => wholeNumber(1, 10)(text)).toThrow(/1 to 10/);
});
