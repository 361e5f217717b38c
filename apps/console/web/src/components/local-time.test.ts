import { expect, test } from "vitest";
import { fromLocalText, toLocalText } from "./local-time.ts";

test("a moment comes out of the control as it went in, to the second", () => {
  const at = Date.parse("2026-03-05T02:00:12Z");
  expect(fromLocalText(toLocalText(at))).toBe(at);
});

test("what is not filled in is no moment", () => {
  expect(fromLocalText("")).toBeUndefined();
  expect(fromLocalText("0020-03-05T02:00")).toBeUndefined();
  expect(toLocalText(undefined)).toBe("");
});
