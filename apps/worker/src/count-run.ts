import type { RunReport } from "@misskeep/queue";
import type { Collector, RunCount } from "@misskeep/series";

/** What each end of a run counts as; the others are no ends: the job goes back or waits as its handler wished. */
const COUNTS: Readonly<Record<string, readonly RunCount[]>> = {
  handled: ["handled"],
  ignored: ["ignored"],
  retry: ["failed"],
  dead: ["failed", "died"],
  crashed: ["failed"],
};

/** Counts how a run ended for the figures over time. */
export function countRun(collector: Collector, { processor, run, receivedAt, again }: RunReport): void {
  const counts = COUNTS[run.end ?? ""];
  if (counts === undefined) return;
  // A person decided when a replay or a backfill ran: the time since receipt says nothing about how things go.
  const timed = run.end === "handled" && !again && run.endedAt !== undefined;
  collector.count(processor, counts, timed ? (run.endedAt ?? 0) - receivedAt : undefined);
}
