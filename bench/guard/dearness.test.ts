import { expect, test } from "vitest";
import type { Row } from "../measure/row.ts";
import { aRow } from "../test-support/tables.ts";
import { dearnessOf, describeDearness } from "./dearness.ts";

const rounds = (name: string, min: number, max: number): Row => ({
  ...aRow(name, {}),
  figures: { cpuUs: { min, median: (min + max) / 2, max } },
});

test("the best rounds are compared: one bad round of several does not count", () => {
  const rows = [rounds("misskeep", 80, 900), rounds("bare", 40, 50)];
  expect(dearnessOf(rows)).toEqual({ oursUs: 80, bareUs: 40, ratio: 2 });
});

test.each([
  ["the door", [rounds("bare", 40, 50)], /CPU of misskeep/],
  ["bare Fastify", [rounds("misskeep", 40, 50)], /CPU of bare/],
  ["any time", [rounds("misskeep", 40, 50), rounds("bare", 0, 50)], /CPU of bare/],
  ["a round", [rounds("misskeep", NaN, NaN), rounds("bare", 40, 50)], /CPU of misskeep/],
])("without %s measured there is no figure that could pass", (_, rows, why) => {
  expect(() => dearnessOf(rows)).toThrow(why);
});

test("both figures are said, and the limit", () => {
  const text = describeDearness({ oursUs: 400, bareUs: 40, ratio: 10 }, 4);
  for (const part of ["400 µs", "40 µs", "10.00 times", "4 times are allowed"]) expect(text).toContain(part);
});
