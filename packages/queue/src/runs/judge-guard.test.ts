import { expect, test } from "vitest";
import { judgeGuard } from "./judge-guard.ts";
import type { ItemCounts } from "./stored-run.ts";

const none: ItemCounts = {
  planned: 0,
  running: 0,
  failing: 0,
  handled: 0,
  ignored: 0,
  dead: 0,
  discarded: 0,
  recovered: 0,
  skipped: 0,
};
const guard = { first: 10, maxFailed: 20 };

test.each<[string, Partial<ItemCounts>, unknown]>([
  ["none is tried", { planned: 100 }, 10],
  ["some are tried", { planned: 90, running: 3, handled: 4 }, 3],
  ["skipped ones say nothing", { planned: 90, skipped: 50 }, 10],
  ["all are tried and some have not ended", { running: 1, handled: 9 }, "wait"],
  ["all ended well", { handled: 5, ignored: 5 }, "passed"],
  ["as many failed as may", { handled: 8, dead: 1, failing: 1 }, "passed"],
  ["more failed than may", { handled: 7, dead: 1, failing: 2 }, "failed"],
])("%s", (_, items, verdict) => {
  expect(judgeGuard(guard, { ...none, ...items })).toBe(verdict);
});

test("with 0 % one failure is too many, and with 100 % no number is", () => {
  expect(judgeGuard({ first: 2, maxFailed: 0 }, { ...none, handled: 1, dead: 1 })).toBe("failed");
  expect(judgeGuard({ first: 2, maxFailed: 100 }, { ...none, dead: 2 })).toBe("passed");
});
