import type { RunEntry } from "@misskeep/queue";
import { expect, test } from "vitest";
import { logRun } from "./report-run.ts";
import { testLog, type LogLine } from "./test-support/logs.ts";

const error = { name: "Error", message: "no answer" };

test.each<[RunEntry["end"], LogLine["level"]]>([
  ["handled", "info"],
  ["ignored", "info"],
  ["later", "info"],
  ["handed-back", "info"],
  ["retry", "warn"],
  ["crashed", "warn"],
  ["dead", "error"],
  ["paused", "error"],
])("a run that ends %s is logged as %s, with the event's id", (end, level) => {
  const lines: LogLine[] = [];
  const run = { attempt: 2, worker: "w1", startedAt: 1_000, endedAt: 1_250, ...(end ? { end } : {}), error };
  logRun(testLog(lines), { processor: "p", eventId: "0-1-1", receivedAt: 0, run, delayMs: 5_000 });
  expect(lines).toEqual([
    {
      level,
      message: expect.any(String),
      fields: { eventId: "0-1-1", processor: "p", attempt: 2, end, ms: 250, nextInMs: 5_000, error },
    },
  ]);
});
