import { expect, test } from "vitest";
import { type Place, rowStep } from "./row-step.ts";

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false };

test.each<[string, Place, number]>([
  ["j", "row", 1],
  ["k", "row", -1],
  ["j", "elsewhere", 1],
  ["k", "elsewhere", -1],
  ["ArrowDown", "row", 1],
  ["ArrowUp", "row", -1],
  ["ArrowDown", "elsewhere", 0],
  ["ArrowUp", "elsewhere", 0],
  ["Enter", "row", 0],
  ["j", "taken", 0],
  ["ArrowDown", "taken", 0],
])("%s at %s leads %i rows further", (key, place, step) => {
  expect(rowStep({ ...none, key }, place)).toBe(step);
});

test.each(["altKey", "ctrlKey", "metaKey", "shiftKey", "isComposing"] as const)(
  "with %s it is somebody else's key",
  (held) => {
    expect(rowStep({ ...none, key: "j", [held]: true }, "row")).toBe(0);
  },
);
