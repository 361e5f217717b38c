import { expect, test } from "vitest";
import type { RunPlan } from "../../api/types.ts";
import { checkDraft, firstDraft, toRequest } from "./run-draft.ts";

const plan = (kind: "replay" | "discard", total: number): RunPlan => ({
  scope: { kind, filter: { processor: "discord" } },
  processor: "discord",
  total,
  complete: true,
  byType: [],
  oldestReceivedAt: null,
  newestReceivedAt: null,
  alreadyThere: null,
  handledElsewhere: null,
  until: 5,
  target: { workers: 1, paused: false, waiting: 0 },
  activeRun: null,
});

test("proposes a trial of the first ones for a replay of many, for nothing else", () => {
  expect(firstDraft(plan("replay", 50), "x").guard).toEqual({ first: 20, maxFailed: 20 });
  expect(firstDraft(plan("replay", 49), "x").guard).toBeNull();
  expect(firstDraft(plan("discard", 5_000), "x").guard).toBeNull();
});

test("asks for a name", () => {
  const draft = firstDraft(plan("replay", 1), " ");
  expect([...checkDraft(plan("replay", 1), draft)]).toEqual(["name"]);
  expect(checkDraft(plan("replay", 1), { ...draft, name: "again" }).size).toBe(0);
});

test("asks for a reason and the exact number before many are discarded", () => {
  const many = plan("discard", 1_204);
  const draft = firstDraft(many, "old ones");
  expect([...checkDraft(many, draft)]).toEqual(["why", "count"]);
  expect([...checkDraft(many, { ...draft, why: "spam", typed: "120" })]).toEqual(["count"]);
  // As it is shown, or bare.
  expect(checkDraft(many, { ...draft, why: "spam", typed: "1,204" }).size).toBe(0);
  expect(checkDraft(many, { ...draft, why: "spam", typed: "1204" }).size).toBe(0);
});

test("asks for exactly what was planned", () => {
  const planned = plan("replay", 3);
  expect(toRequest(planned, { ...firstDraft(planned, " again "), rate: 2 })).toEqual({
    scope: planned.scope,
    name: "again",
    until: 5,
    total: 3,
    ratePerSecond: 2,
    guard: null,
  });
});
