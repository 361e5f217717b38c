/** What a worker says of itself. Times are ms since 1970, lengths of time ms. */
export interface WorkerAbout {
  readonly host: string;
  readonly pid: number;
  readonly version: string;
}

/** What changes from heartbeat to heartbeat. */
export interface WorkerState {
  /** By this worker's own clock. */
  readonly at: number;
  readonly rssBytes: number;
  /** What it runs now, the longest first; at most 50. */
  readonly running: readonly RunningJob[];
}

export interface RunningJob {
  readonly processor: string;
  readonly jobId: string;
  readonly since: number;
}

/** What stays as it was at the worker's start. */
export interface WorkerDetails {
  /** Processors that it does not run. */
  readonly off: readonly OffProcessor[];
  /** By processor: those that it runs, quarantine included. */
  readonly rules: Readonly<Record<string, ProcessorRules>>;
}

export interface OffProcessor {
  readonly name: string;
  readonly why: string;
  /** Some of its settings are there and others are not: somebody wanted it on. */
  readonly partly: boolean;
  readonly settings: readonly ProcessorSetting[];
}

/** A processor's own rules. */
export interface ProcessorRules {
  /** Runs in all, the first one included. */
  readonly attempts: number;
  /** The waits after the first failures, at most 20 of them, as if nothing were left to chance. */
  readonly backoffMs: readonly number[];
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
  /** In each replica. */
  readonly concurrency: number;
  /** Over all replicas. */
  readonly rateLimit: { readonly max: number; readonly perMs: number } | null;
  readonly settings: readonly ProcessorSetting[];
}

/** One setting of a processor, as anybody may see it. */
export interface ProcessorSetting {
  /** Of the environment variable. */
  readonly name: string;
  readonly isSet: boolean;
  /** Whole where it is no secret, else masked; null where it is not set. */
  readonly value: string | null;
  readonly secret: boolean;
}

/** The most jobs that a heartbeat names, so that it stays small. */
export const MAX_RUNNING = 50;

/** Those that have run longest, as a heartbeat names them. */
export function longestRunning(running: readonly RunningJob[]): readonly RunningJob[] {
  return running.toSorted((a, b) => a.since - b.since).slice(0, MAX_RUNNING);
}
