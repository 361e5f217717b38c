import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Job, type Processor, Worker, type WorkerOptions } from "bullmq";
import { spareText } from "./spare-text.ts";

const WAIT_MS = 1_000;
/**
 * How long it waits for a job in one call, s. What lost its connection meanwhile notices after this and the limit of
 * silence; and as long may it take until a job is seen whose signal went to a connection that was just lost.
 */
export const BLOCK_S = 1;
/**
 * After an outage that was longer than a lock, the jobs that ran are free at the second look at the latest; twice this
 * where another worker's look takes the place of one.
 */
const LOOK_FOR_STALLED_MS = 1_000;

/**
 * BullMQ's worker, but patient: refused a job by a full or read-only Redis, it waits a second. BullMQ itself
 * asks again at once, some ten thousand times in a second, and reports each refusal.
 */
export class PatientWorker<Data, Result, Name extends string> extends Worker<Data, Result, Name> {
  /** When Redis last answered whether it has a job, be it that it cannot say; monotonic, ms. */
  answeredAt = -Infinity;

  constructor(
    name: string,
    processor: Processor<Data, Result, Name>,
    options: Omit<WorkerOptions, "drainDelay" | "runRetryDelay" | "stalledInterval" | "maxStalledCount"> & {
      readonly lockDuration: number;
    },
  ) {
    super(name, processor, {
      ...options,
      drainDelay: BLOCK_S,
      runRetryDelay: WAIT_MS,
      stalledInterval: Math.min(LOOK_FOR_STALLED_MS, options.lockDuration),
      // Out of reach: BullMQ's own count ends jobs that ran beside the one that stopped their worker. Ours is
      // in run-job.ts.
      maxStalledCount: 2 ** 31,
      skipVersionCheck: true,
    });
  }

  protected override createBackend(): void {
    super.createBackend();
    spareText(this.getBackend());
  }

  /** BullMQ waits up to 10 s where a job is delayed. */
  override get maximumBlockTimeout(): number {
    return BLOCK_S;
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job<Data, Result, Name>> {
    try {
      const job = await super.moveToActive(token, name);
      this.answeredAt = performance.now();
      return job;
    } catch (error) {
      if (error instanceof Error && error.name === "ReplyError") this.answeredAt = performance.now();
      await sleep(WAIT_MS);
      throw error;
    }
  }
}
