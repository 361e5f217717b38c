import type { RunGuard, RunScope } from "@misskeep/queue";

export type { Run, RunGuard, RunItem, RunItemState, RunKind, RunScope, RunState } from "@misskeep/queue";

/** What a run would do, counted before anything is done. */
export interface RunPlan {
  readonly scope: RunScope;
  readonly processor: string;
  readonly total: number;
  /** False where counting stopped early, so that `total` and `byType` are lower bounds. */
  readonly complete: boolean;
  /** Most first. */
  readonly byType: readonly { readonly type: string | null; readonly count: number }[];
  /** When the oldest and the newest of the events were received. */
  readonly oldestReceivedAt: number | null;
  readonly newestReceivedAt: number | null;
  /** Of a backfill: how many of the events the processor already got. Their effects would happen again. */
  readonly alreadyThere: number | null;
  /** How many of a sample already ended handled at another processor; null where that says nothing. */
  readonly handledElsewhere: { readonly sampled: number; readonly handled: number } | null;
  /** Letters that die later, and events that come later, are not meant. */
  readonly until: number;
  /** The processor's state, for the question whether this is the moment. */
  readonly target: { readonly workers: number; readonly paused: boolean; readonly waiting: number };
  /** A run that is under way for this processor: another one is refused meanwhile. */
  readonly activeRun: string | null;
}

/** What a person decides when a run is started. */
export interface RunRequest {
  readonly scope: RunScope;
  readonly name: string;
  /** As the plan said; what changed since is not meant. */
  readonly until: number;
  readonly total: number;
  readonly ratePerSecond: number | null;
  readonly guard: RunGuard | null;
}
