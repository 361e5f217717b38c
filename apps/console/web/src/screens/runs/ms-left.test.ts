import { expect, test } from "vitest";
import { msLeft } from "./ms-left.ts";

const run = { state: "running", done: 100, total: 300, ratePerSecond: null, createdAt: 0 } as const;

test("goes on as it got on so far", () => {
  expect(msLeft(run, 10_000)).toBe(20_000);
});

test("takes its rate for a limit, not for a promise", () => {
  expect(msLeft({ ...run, ratePerSecond: 10 }, 5_000)).toBe(20_000);
  expect(msLeft({ ...run, ratePerSecond: 10 }, 60_000)).toBe(120_000);
});

test("relies on its rate alone while it has hardly begun", () => {
  expect(msLeft({ ...run, done: 3, ratePerSecond: 3 }, 1)).toBe(99_000);
  expect(msLeft({ ...run, done: 3 }, 1)).toBeNull();
});

test.each(["trying", "paused", "stopped", "cancelled", "done"] as const)(
  "says nothing of one that is %s",
  (state) => {
    expect(msLeft({ ...run, state }, 10_000)).toBeNull();
  },
);

test("says nothing when all is dealt with", () => {
  expect(msLeft({ ...run, done: 300 }, 10_000)).toBeNull();
});
