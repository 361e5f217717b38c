import { expect, test } from "vitest";
import { aRow, aTable } from "../test-support/tables.ts";
import { complaintsOf } from "./complaints.ts";

const right = { acknowledged: 9, lost: 0, repeated: 0 };
const door = (ours: number, verdict = right) =>
  aTable("door", [aRow("misskeep", { cpuUs: ours }, verdict), aRow("bare", { cpuUs: 20 })]);

test("a run in which all is right passes", () => {
  expect(complaintsOf([door(40)], 2)).toEqual([]);
  expect(complaintsOf([door(4_000)], undefined)).toEqual([]);
});

test("what Misskeep lost or repeated fails, whatever was asked", () => {
  expect(complaintsOf([door(40, { ...right, lost: 1 })], undefined)).toEqual([
    "door: misskeep lost 1 and repeated 0",
  ]);
  expect(complaintsOf([door(40, { ...right, repeated: 2 })], undefined)).toHaveLength(1);
});

test("what others lose is theirs", () => {
  const table = aTable("door", [aRow("webhook", { cpuUs: 1 }, { ...right, repeated: 5 })]);
  expect(complaintsOf([table], undefined)).toEqual([]);
});

test("a door that is too dear fails, and so does one that was not measured", () => {
  expect(complaintsOf([door(41)], 2)[0]).toMatch(/2\.05 times/);
  expect(complaintsOf([], 2)).toHaveLength(1);
});

test("one bad round of several does not fail", () => {
  const ours = {
    name: "misskeep",
    title: "",
    promise: "",
    figures: { cpuUs: { median: 90, min: 40, max: 99 } },
  };
  expect(complaintsOf([aTable("door", [ours, aRow("bare", { cpuUs: 20 })])], 2)).toEqual([]);
});
