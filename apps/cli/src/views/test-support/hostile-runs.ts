/** Runs and their plans, with hostile text in every field. */
import type { Run, RunItem, RunPlan } from "@misskeep/operations";
import { EVIL, ID, NOW } from "./hostile.ts";
import { filter } from "./hostile-letters.ts";

export const run: Run = {
  id: "r0r0r0r0r0r0",
  name: EVIL,
  kind: "discard",
  processor: "mail",
  scope: { kind: "discard", filter },
  by: EVIL,
  why: EVIL,
  state: "stopped",
  stateWhy: EVIL,
  createdAt: NOW - 1e5,
  endedAt: NOW,
  ratePerSecond: 10,
  guard: { first: 20, maxFailed: 10 },
  total: 300,
  done: 20,
  items: { running: 1, failing: 0, handled: 0, ignored: 0, dead: 3, discarded: 9, recovered: 0, skipped: 1 },
};
export const item: RunItem = { id: `${ID}~r0r0r0r0r0r0`, state: "dead", at: NOW, message: EVIL };
export const items = { items: [item], next: "W".repeat(60) };
export const plan: RunPlan = {
  scope: run.scope,
  processor: "mail",
  total: 300,
  complete: false,
  byType: Array.from({ length: 12 }, () => ({ type: EVIL, count: 25 })),
  oldestReceivedAt: NOW - 1e8,
  newestReceivedAt: NOW,
  alreadyThere: null,
  handledElsewhere: { sampled: 200, handled: 150 },
  until: NOW,
  target: { workers: 0, paused: true, waiting: 3 },
  activeRun: "r0r0r0r0r0r0",
};
export const backfill: RunPlan = {
  ...plan,
  scope: { kind: "backfill", processor: "mail", types: [EVIL], from: 0, to: NOW },
  alreadyThere: 7,
};
export const how = { ratePerSecond: 10, guard: { first: 20, maxFailed: 10 } };
