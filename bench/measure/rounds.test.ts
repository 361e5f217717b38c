import { expect, test } from "vitest";
import { inRounds, rotated } from "./rounds.ts";

test("each round begins with another contestant, and each has all its results", async () => {
  const order: string[] = [];
  const contestants = ["a", "b", "c"].map((name) => ({ name }));
  const results = await inRounds(2, contestants, ({ name }, round) => {
    order.push(name);
    return Promise.resolve(`${name}${round}`);
  });
  expect(order).toEqual(["a", "b", "c", "b", "c", "a"]);
  expect([...results.values()]).toEqual([
    ["a0", "a1"],
    ["b0", "b1"],
    ["c0", "c1"],
  ]);
});

test("a list is turned by any number", () => {
  expect(rotated([1, 2, 3], 4)).toEqual([2, 3, 1]);
  expect(rotated([], 4)).toEqual([]);
});
