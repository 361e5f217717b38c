import type { Log, Outcome, RetryRules } from "@misskeep/processor";
import type { LoadedEvent } from "./event-job.ts";
import type { RunHold } from "./run-hold.ts";
import type { Step } from "./steps.ts";

/** What a queue's worker runs for each job: a processor with its settings, or the built-in quarantine. */
export interface Runnable {
  readonly name: string;
  readonly retry: RetryRules;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly rateLimit?: { readonly max: number; readonly perMs: number } | undefined;
  run(event: LoadedEvent, context: RunContext): Promise<Outcome> | Outcome;
}

export interface RunContext {
  readonly step: Step;
  readonly log: Log;
  readonly hold: RunHold;
  /** From 1. */
  readonly attempt: number;
  readonly idempotencyKey: string;
  /** How often the job was replayed as a dead letter. */
  readonly replays: number;
}
