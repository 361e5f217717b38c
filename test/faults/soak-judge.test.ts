/** A soak's verdict can fail, in each way. */
import { expect, test } from "vitest";
import type { Sample } from "./soak-judge.ts";
import { judgeSoak } from "./soak-judge.ts";

const MINUTES = 60;

/** @param change of the sample of a minute */
function soaked(change: (minute: number) => Partial<Sample> = () => ({})): Sample[] {
  return Array.from({ length: MINUTES }, (_, minute) => {
    // As a garbage-collected heap goes up and down.
    const breath = (minute * 7) % 5;
    return {
      minute: minute + 1,
      memoryMb: { worker: 150 + breath * 3, redis: Math.min(20 + 10 * minute, 40) },
      heapMb: { worker: 40 + breath },
      answer: { median: 2 + (minute % 2), p99: 20 },
      effect: { median: 8 + (minute % 3), p99: 60 },
      keys: 13_000,
      ...change(minute),
    };
  });
}

const findings = (change?: (minute: number) => Partial<Sample>): readonly string[] =>
  judgeSoak(soaked(change), MINUTES).findings;

test("what breathes, and what reaches its height in the first half, is flat", () => {
  expect(findings()).toEqual([]);
});

test("what gathers for half an hour and is then cleared up is flat", () => {
  const saw = (minute: number): number => 85 + (minute < 20 ? minute : minute < 54 ? minute - 20 : 0);
  expect(findings((minute) => ({ memoryMb: { worker: saw(minute), redis: 40 } }))).toEqual([]);
});

test("a saw that rises as a whole is found", () => {
  const saw = (minute: number): number => 85 + (minute % 10) * 3 + minute / 2;
  expect(findings((minute) => ({ memoryMb: { worker: saw(minute), redis: 40 } }))).toEqual([
    expect.stringMatching(/^worker's memory/),
  ]);
});

test.each<[what: string, change: (minute: number) => Partial<Sample>, finding: RegExp]>([
  ["a process", (minute) => ({ memoryMb: { worker: 150 + minute, redis: 40 } }), /^worker's memory .* 3\d %/],
  ["Redis", (minute) => ({ memoryMb: { worker: 150, redis: 40 + minute / 3 } }), /^redis's memory/],
  ["a heap", (minute) => ({ heapMb: { worker: 40 + minute / 4 } }), /^worker's heap/],
])("%s that grows all the time is found", (_, change, finding) => {
  expect(findings(change)).toEqual([expect.stringMatching(finding)]);
});

test.each(["answer", "effect"] as const)("%ss that become slower are found", (what) => {
  const change = (minute: number) => ({ [what]: { median: minute < 40 ? 10 : 30, p99: 90 } });
  expect(findings(change)).toEqual([`${what}s became 3 times as slow`]);
});

test("a minute in which nothing took effect is found", () => {
  const change = (minute: number) => (minute === 30 ? { effect: { median: 0, p99: 0 } } : {});
  expect(findings(change)).toEqual(["for a while nothing took effect"]);
});
