import type { DeadGroup, ProcessorStatus, RefusalSummary, Status } from "@misskeep/operations";
import type { DurabilityReport } from "@misskeep/redis";
import type { RefusedNow } from "./observe-refusals.ts";

/** What is read at each look. Times are ms since 1970, by Redis' clock. */
export interface Readings {
  readonly at: number;
  /** What `DURABILITY` asks for. */
  readonly wanted: "disk" | "second" | "none";
  readonly redis: Pick<DurabilityReport, "level" | "findings" | "usedMemory" | "maxMemory">;
  readonly refusals: RefusalSummary;
  readonly spools: Status["spools"];
  readonly inbox: Pick<Status["inbox"], "waiting" | "oldestWaitingAt">;
  readonly processors: readonly ProcessorFacts[];
  readonly groups: readonly GroupFacts[];
  /** Ids of known causes that were not looked at this time: they stay as they were. */
  readonly unseen: ReadonlySet<string>;
}

export type ProcessorFacts = Pick<
  ProcessorStatus,
  "name" | "workers" | "seenAt" | "waiting" | "oldestWaitingAt" | "paused" | "removed"
> & {
  /** A run gives it old events now, so that their age says nothing; one that waits for a person does not. */
  readonly hasRun: boolean;
};

/** A group of dead letters, without its example. */
export type GroupFacts = Pick<
  DeadGroup,
  | "group"
  | "processor"
  | "error"
  | "message"
  | "count"
  | "firstDiedAt"
  | "lastDiedAt"
  | "state"
  | "resolved"
  | "mutedUntil"
>;

/** The readings, and what only the comparison with earlier ones shows. */
export interface Facts extends Readings {
  readonly refused: readonly RefusedNow[];
}
