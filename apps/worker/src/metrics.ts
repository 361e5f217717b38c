import type { Dispatched, RunReport } from "@misskeep/queue";
import { Counter, Histogram, type Registry } from "prom-client";
import { type GaugeSources, registerGauges } from "./gauges.ts";

export interface WorkerMetrics {
  dispatched(dispatched: Dispatched): void;
  ran(report: RunReport): void;
  mismatch(type: string): void;
  blocked(): void;
  /** A consumer sat idle with work waiting, and was replaced. */
  restarted(processor: string): void;
  /** Of an attempt to tell people. */
  alert(result: "sent" | "failed"): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600];

/** The worker's own metrics. Their names are a contract: see docs/operating.md. */
export function createMetrics(registry: Registry, sources: GaugeSources): WorkerMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name, help, labelNames, registers });
  const dispatched = counter("misskeep_dispatched_total", "Jobs added to a processor's queue.", [
    "processor",
  ]);
  const unsubscribed = counter("misskeep_unsubscribed_total", "Events that no processor wanted.");
  const runs = counter("misskeep_runs_total", "Runs of a processor by how they ended.", ["processor", "end"]);
  const mismatches = counter(
    "misskeep_schema_mismatches_total",
    "Fields that were not as expected, where that is tolerated.",
    ["type"],
  );
  const blocked = counter("misskeep_event_loop_blocked_total", "Blocks of the event loop over 1 s.");
  const restarts = counter(
    "misskeep_consumer_restarts_total",
    "Consumers that were replaced, since they sat idle with work waiting.",
    ["processor"],
  );
  const took = new Histogram({
    name: "misskeep_run_seconds",
    help: "How long a run of a processor took.",
    labelNames: ["processor"],
    buckets: SECONDS,
    registers,
  });
  const handledAfter = new Histogram({
    name: "misskeep_received_to_handled_seconds",
    help: "From the receipt of an event to the end of its handling.",
    labelNames: ["processor"],
    buckets: SECONDS,
    registers,
  });
  const alerts = counter("misskeep_alert_messages_total", "Attempts to tell people, by what came of them.", [
    "result",
  ]);
  registerGauges(registry, sources);
  return {
    dispatched({ jobs, unsubscribed: nobody }) {
      for (const [processor, count] of jobs) dispatched.inc({ processor }, count);
      if (nobody > 0) unsubscribed.inc(nobody);
    },
    ran({ processor, run, receivedAt }) {
      const endedAt = run.endedAt ?? run.startedAt;
      runs.inc({ processor, end: run.end ?? "unknown" });
      if (run.end === "crashed") return;
      took.observe({ processor }, (endedAt - run.startedAt) / 1_000);
      if (run.end === "handled") handledAfter.observe({ processor }, (endedAt - receivedAt) / 1_000);
    },
    mismatch: (type) => mismatches.inc({ type }),
    blocked: () => blocked.inc(),
    restarted: (processor) => restarts.inc({ processor }),
    alert: (result) => alerts.inc({ result }),
  };
}
