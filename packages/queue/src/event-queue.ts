import type { Outcome } from "@misskeep/processor";
import { Job, type JobJson, type JobProgress, type JobsOptions, Queue } from "bullmq";
import { type EventJobData, withBody } from "./job-data.ts";

/**
 * Attempts are out of reach and the backoff is the worker's own: the processor's worker alone decides, by
 * rules that the dispatcher which added the job may not know. (BullMQ fails a job without `attempts` after one
 * run, and never asks the worker's strategy about a job without `backoff`.) How long ended ones are kept is the
 * worker's too.
 */
export const JOB_OPTIONS: JobsOptions = { attempts: 2 ** 31, backoff: { type: "custom" } };

/** A run's own record has its errors. */
const STACK_TRACES_KEPT = 1;

/** BullMQ's job, of which the body is known to the byte. */
export class EventJob<Data, Result, Name extends string, Progress extends JobProgress> extends Job<
  Data,
  Result,
  Name,
  Progress
> {
  static override fromJSON<Data, Result, Name extends string>(
    ...[queue, stored, id]: Parameters<typeof Job.fromJSON>
  ): Job<Data, Result, Name> {
    const job = super.fromJSON<Data, Result, Name>(queue, stored, id);
    job.data = withBody(job.data as EventJobData, stored.data) as Data;
    job.opts.stackTraceLimit = STACK_TRACES_KEPT;
    return job;
  }
}

export interface NewJob {
  readonly id: string;
  /** As job-data.ts writes it. */
  readonly data: string;
}

/** A processor's queue. */
export class EventQueue extends Queue<EventJobData, Outcome, "event"> {
  protected override get Job(): typeof Job {
    return EventJob;
  }

  /** Adds jobs in a pipeline: where that fails some may be in. One whose id is there already is not added. */
  async addEvents(jobs: readonly NewJob[]): Promise<void> {
    const fresh = {
      name: "event",
      opts: JOB_OPTIONS,
      timestamp: Date.now(),
      progress: 0,
      attemptsMade: 0,
      attemptsStarted: 0,
      stalledCounter: 0,
      failedReason: "",
      returnvalue: "",
    } satisfies Partial<JobJson>;
    await this.getBackend().addJobs(jobs.map(({ id, data }) => ({ jobId: id, job: { ...fresh, id, data } })));
  }
}
