import { expect, test } from "vitest";
import { aRow, aTable } from "../test-support/tables.ts";
import { targetsOf } from "./targets.ts";

const door = aTable("door", [
  aRow("misskeep", { rate: 1_500, totalUs: 66, cpuUs: 30 }),
  aRow("tutorial", { rate: 1_000, totalUs: 100, cpuUs: 70 }),
  aRow("bare", { rate: 2_000, totalUs: 20, cpuUs: 20 }),
]);

test("a target is a ratio of what was measured in one run, and is reached at its bound", () => {
  const found = targetsOf([door]).map(({ what, got, isReached }) => [what, got, isReached]);
  expect(found).toEqual([
    ["door: rate, beside the tutorial's", 1.5, true],
    ["door: CPU with Redis', beside the tutorial's", 0.66, false],
    ["door: Node's CPU, beside bare Fastify's", 1.5, true],
  ]);
});

test("nothing is said of what was not measured", () => {
  expect(targetsOf([])).toEqual([]);
});

test("few events waiting are compared with the many", () => {
  const backlog = aTable("backlog", [
    aRow("backlog-1000", { doorSumUs: 50, ingestFirstMs: 400 }),
    aRow("backlog-1000000", { doorSumUs: 60, bytesPerKey: 150 }),
  ]);
  const found = new Map(targetsOf([backlog]).map(({ what, got, isReached }) => [what, [got, isReached]]));
  expect(found.get("door: CPU with Redis', with the backlog beside with few")).toEqual([1.2, false]);
  expect(found.get("an idempotency key: bytes")).toEqual([150, true]);
  expect(found.get("ingest: ms from its start to the first 202")).toEqual([400, true]);
});
