import type { DeadFilter } from "../dead-filter.ts";

/**
 * | kind | what a run does to each of its jobs |
 * |---|---|
 * | `replay` | runs a dead letter again, all its attempts before it |
 * | `discard` | puts a dead letter away |
 * | `recover` | makes a discarded one a dead letter again |
 * | `backfill` | runs an old event of the inbox through a processor |
 */
export type RunKind = "replay" | "discard" | "recover" | "backfill";

/** What a run is about. It always concerns one processor. Times are ms since 1970. */
export type RunScope =
  | {
      readonly kind: "replay" | "discard";
      readonly filter: DeadFilter & { readonly processor: string };
    }
  | {
      readonly kind: "recover";
      readonly processor: string;
      /** Only what this run discarded. */
      readonly discardRun?: string | undefined;
    }
  | {
      readonly kind: "backfill";
      readonly processor: string;
      /** Absent: those that the processor wants. */
      readonly types?: readonly string[] | undefined;
      readonly hook?: string | undefined;
      /** When the events were received. */
      readonly from: number;
      readonly to: number;
    };

/** Try the first ones, and stop if too many of them fail. */
export interface RunGuard {
  readonly first: number;
  /** Percent, 0 to 100. */
  readonly maxFailed: number;
}

/**
 * | state | a run |
 * |---|---|
 * | `running` | goes on, by whichever worker holds it |
 * | `trying` | waits for how its first jobs end (the guard) |
 * | `paused` | waits for a person |
 * | `stopped` | was stopped by its guard; can be resumed without it |
 * | `cancelled` | was ended by a person |
 * | `done` | has nothing left to do |
 */
export type RunState = "running" | "trying" | "paused" | "stopped" | "cancelled" | "done";

/** A named, planned action on many jobs, executed by workers. Times are ms since 1970. */
export interface Run {
  readonly id: string;
  readonly name: string;
  readonly kind: RunKind;
  readonly processor: string;
  /** Once it has ended, digests stand for the person and the text that its filter searched for. */
  readonly scope: RunScope;
  readonly by: string;
  readonly why: string;
  readonly state: RunState;
  /** Why it is paused, stopped or cancelled; null otherwise. */
  readonly stateWhy: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Jobs a second; null: as fast as the processor's workers keep up. */
  readonly ratePerSecond: number | null;
  readonly guard: RunGuard | null;
  /** As planned. */
  readonly total: number;
  /** Jobs that it has dealt with: replayed, discarded, recovered, added, or skipped. */
  readonly done: number;
  /** What became of them. `running` and `failing` can change. */
  readonly items: Readonly<Record<RunItemState, number>>;
}

/**
 * | state | one job of a run |
 * |---|---|
 * | `running` | replayed or added, and not ended yet |
 * | `failing` | failed at least once since, or asked to be run later; will be tried again |
 * | `handled`, `ignored` | ended well |
 * | `dead` | a dead letter (again) |
 * | `discarded`, `recovered` | that was all |
 * | `skipped` | was no longer what the run was about: replayed or discarded by somebody else |
 */
export type RunItemState =
  "running" | "failing" | "handled" | "ignored" | "dead" | "discarded" | "recovered" | "skipped";

export interface RunItem {
  /** The job's id. */
  readonly id: string;
  readonly state: RunItemState;
  readonly at: number;
  /** Why it failed or was skipped. */
  readonly message: string | null;
}
