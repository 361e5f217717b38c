import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Job, Worker } from "bullmq";

const WAIT_MS = 1_000;

/**
 * BullMQ's worker, but patient: refused a job by a full or read-only Redis, it waits a second. BullMQ itself
 * asks again at once, some ten thousand times in a second, and reports each refusal.
 */
export class PatientWorker<Data, Result, Name extends string> extends Worker<Data, Result, Name> {
  /** When Redis last answered that it gives no job now; monotonic, ms. */
  refusedAt = -Infinity;

  protected override async moveToActive(token: string, name?: string): Promise<Job<Data, Result, Name>> {
    try {
      return await super.moveToActive(token, name);
    } catch (error) {
      if (error instanceof Error && error.name === "ReplyError") this.refusedAt = performance.now();
      await sleep(WAIT_MS);
      throw error;
    }
  }
}
