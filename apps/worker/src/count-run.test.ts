import type { RunReport } from "@misskeep/queue";
import { createCollector } from "@misskeep/series";
import { expect, test } from "vitest";
import { countRun } from "./count-run.ts";

/** What is counted of one run that took from 3 s to 5 s after the event's receipt. */
function counted(end: NonNullable<RunReport["run"]["end"]>, more: Partial<RunReport> = {}): object {
  const collector = createCollector();
  const run = { attempt: 1, worker: "w1", startedAt: 4_000, endedAt: 6_000, end };
  countRun(collector, { processor: "p", eventId: "0-1-1", receivedAt: 1_000, run, ...more });
  return Object.fromEntries(collector.take().get("p") ?? []);
}

test.each([
  ["handled", { handled: 1, "47": 1 }],
  ["ignored", { ignored: 1 }],
  ["retry", { failed: 1 }],
  ["dead", { failed: 1, died: 1 }],
  ["crashed", { failed: 1 }],
  ["later", {}],
  ["paused", {}],
  ["handed-back", {}],
] as const)("a run that ended %s counts as %j", (end, figures) => {
  expect(counted(end)).toEqual(figures);
});

test("a replay or a backfill counts, but says nothing about how long events take", () => {
  expect(counted("handled", { again: true })).toEqual({ handled: 1 });
});
