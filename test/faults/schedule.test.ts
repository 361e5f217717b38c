import { expect, test } from "vitest";
import { faults } from "./faults/index.ts";
import { createRandom } from "./random.ts";
import { planStrikes } from "./schedule.ts";

const plan = (seed: number, count = faults.length * 2) =>
  planStrikes(faults, { count, within: 60_000, random: createRandom(seed) });

test("a seed gives one plan, another seed another", () => {
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
});

test("every kind strikes once before any strikes twice", () => {
  const kinds = plan(3).map(({ fault }) => fault.kind);
  expect(new Set(kinds.slice(0, faults.length)).size).toBe(faults.length);
  expect(new Set(faults.map(({ kind }) => kind)).size).toBe(faults.length);
});

test("the last one is of the kind that nobody is told of", () => {
  const last = plan(5, 10).at(-1);
  expect([last?.fault.kind, last?.at]).toEqual(["network to Redis half-open", 60_000]);
});

test("what is drawn for a label does not depend on what was drawn before", () => {
  const [one, other] = [createRandom(1), createRandom(1)];
  one.int(0, 100);
  expect(one.fork("a").int(0, 1e9)).toBe(other.fork("a").int(0, 1e9));
  expect(one.fork("a").int(0, 1e9)).not.toBe(other.fork("b").int(0, 1e9));
});
