import { expect, test } from "vitest";
import { aRow, aTable } from "../test-support/tables.ts";
import { complaintsOf } from "./complaints.ts";

const right = { acknowledged: 9, lost: 0, repeated: 0 };
const door = (verdict = right) =>
  aTable("door", [aRow("misskeep", { cpuUs: 40 }, verdict), aRow("bare", { cpuUs: 20 })]);

test("a run in which all is right passes", () => {
  expect(complaintsOf([door()])).toEqual([]);
});

test("what Misskeep lost or repeated fails", () => {
  expect(complaintsOf([door({ ...right, lost: 1 })])).toEqual(["door: misskeep lost 1 and repeated 0"]);
  expect(complaintsOf([door({ ...right, repeated: 2 })])).toHaveLength(1);
});

test("what others lose is theirs", () => {
  const table = aTable("door", [aRow("webhook", { cpuUs: 1 }, { ...right, repeated: 5 })]);
  expect(complaintsOf([table])).toEqual([]);
});
