import { expect, test } from "vitest";
import { addVerdicts, judge } from "./judge.ts";

test("what is kept once, and only that, is right", () => {
  expect(judge(["a", "b"], ["b", "a"])).toEqual({ acknowledged: 2, lost: 0, repeated: 0 });
});

test("what was acknowledged and is not there is lost; each further copy is a repetition", () => {
  expect(judge(["a", "b", "c"], ["a", "a", "a", "c"])).toEqual({ acknowledged: 3, lost: 1, repeated: 2 });
});

test("what is there without having been acknowledged is neither: its answer may have been lost", () => {
  expect(judge([], ["a"])).toEqual({ acknowledged: 0, lost: 0, repeated: 0 });
});

test("the runs of a contestant count together", () => {
  const verdicts = [judge(["a"], []), judge(["b"], ["b", "b"])];
  expect(addVerdicts(verdicts)).toEqual({ acknowledged: 2, lost: 1, repeated: 1 });
});
