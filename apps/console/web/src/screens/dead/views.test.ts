import { expect, test } from "vitest";
import { isOfView, readView } from "./views.ts";

test("shows open and reopened groups as problems", () => {
  const shown = (["open", "reopened", "resolved"] as const).filter((state) =>
    isOfView({ state }, "problems"),
  );
  expect(shown).toEqual(["open", "reopened"]);
});

test("shows one state, or all", () => {
  expect(isOfView({ state: "resolved" }, "resolved")).toBe(true);
  expect(isOfView({ state: "open" }, "resolved")).toBe(false);
  expect(isOfView({ state: "resolved" }, "all")).toBe(true);
});

test("takes nonsense in the address for problems", () => {
  expect(readView("nonsense")).toBe("problems");
  expect(readView(undefined)).toBe("problems");
  expect(readView("all")).toBe("all");
});
