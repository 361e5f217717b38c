import { expect, test } from "vitest";
import { isTooOld } from "./version.ts";

test.each([
  ["6.2.14", true],
  ["5.0.0", true],
  ["7.0.0", false],
  ["7.4.1", false],
  ["8.0.1", false],
  ["10.0.0", false],
  ["unknown", false],
])("Redis %s is too old: %s", (version, tooOld) => {
  expect(isTooOld(version)).toBe(tooOld);
});
