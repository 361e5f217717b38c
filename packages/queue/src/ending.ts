import type { Job } from "bullmq";
import type { RecordedEnd, RunEntry } from "./run-record.ts";

/** Records how a run ended, with `end` how the job did, and reports it. */
export type Finish = (
  entry: RunEntry,
  changes?: { readonly end?: RecordedEnd; readonly crashes?: number },
  delayMs?: number,
) => Promise<void>;

/** What it takes to end a run: the job under its lock, and a way to record. */
export interface Ending {
  readonly job: Job;
  readonly token: string;
  readonly finish: Finish;
  /** Told when Redis refuses a write that will be tried again. */
  readonly onRefused: (error: Error) => void;
}
