import type { Log } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import type { RunEntry } from "./run-record.ts";

/** What a run needs of its surroundings. */
export interface RunDeps {
  /** A connection of role `command`. */
  readonly redis: Redis;
  /** This worker's id. */
  readonly worker: string;
  /** Opens the run's log at its first line: most runs write none, and a log of one's own costs more than a record. */
  readonly log: () => Log;
  readonly onRun: (report: RunReport) => void;
  /** A handler did not stop when told to: the process should finish its other jobs and restart. */
  readonly onZombie: (processor: string) => void;
  /** Pauses the processor in all replicas, after `Misconfigured`. */
  readonly pause: (processor: string, why: string) => Promise<void>;
  /** How long after its signal a handler may take to stop, ms. @default 10,000 */
  readonly graceMs?: number | undefined;
}

/** One run that ended, for logs and metrics. */
export interface RunReport {
  readonly processor: string;
  readonly eventId: string;
  /** When the event was received, ms since 1970. */
  readonly receivedAt: number;
  readonly run: RunEntry;
  /** A replay or a backfill: when it ran was a person's choice. */
  readonly again?: boolean;
  /** Until the job's next run, ms; where there is one. */
  readonly delayMs?: number;
}

/** The worker stops before the run is over: the job goes back unspent. */
export class HandedBack extends Error {
  override readonly name = "HandedBack";
  readonly code = "HANDED_BACK";
}
