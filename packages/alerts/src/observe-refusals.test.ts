import { expect, test } from "vitest";
import type { RefusalSummary } from "@misskeep/operations";
import { observeRefusals, QUIET_MS, type RefusalMemory } from "./observe-refusals.ts";
import { NOW } from "./test-support/readings.ts";

type Group = RefusalSummary["groups"][number];

function summary(count: number, groups: readonly Partial<Group>[] = []): RefusalSummary {
  const full = groups.map((each) => ({
    reason: "wrong-secret" as const,
    host: "misskey.example",
    count: 1,
    first: NOW,
    last: NOW,
    ...each,
  }));
  return { total: count, byReason: { "wrong-secret": count }, groups: full };
}

/** Looks in a row, at these minutes, with these totals. */
function look(looks: readonly (readonly [minute: number, total: number])[], memory: RefusalMemory = {}) {
  let last = memory;
  return looks.map(([minute, total]) => {
    const seen = observeRefusals(summary(total), last, NOW + minute * 60_000);
    last = seen.memory;
    return seen.refused.map(({ count, since }) => [count, (since - NOW) / 60_000]);
  });
}

test("new ones count from the first, until there was none for 15 minutes", () => {
  expect(
    look([
      [0, 2],
      [1, 2],
      [14, 5],
      [28, 5],
      [29, 5],
      [40, 6],
    ]),
  ).toEqual([[[2, 0]], [[2, 0]], [[5, 0]], [[5, 0]], [], [[1, 40]]]);
});

test("at the first look of all, only those within 15 minutes are news", () => {
  const recent = { count: 3, first: NOW - 60_000, last: NOW - 30_000 };
  const old = { count: 4, host: "old.example", first: 0, last: NOW - QUIET_MS };
  const { refused, memory } = observeRefusals(summary(1_000, [recent, old]), undefined, NOW);
  expect(refused).toEqual([
    { reason: "wrong-secret", count: 3, since: NOW - 60_000, hosts: ["misskey.example"] },
  ]);
  expect(memory["wrong-secret"]).toMatchObject({ total: 1_000, before: 997 });
  expect(observeRefusals(summary(1_000, [old]), undefined, NOW).refused).toEqual([]);
});

test("a reason that nobody saw before counts whole, once somebody has looked", () => {
  expect(observeRefusals(summary(2), {}, NOW).refused).toMatchObject([{ count: 2, since: NOW }]);
});
