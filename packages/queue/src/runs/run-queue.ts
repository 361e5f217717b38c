import { keys, type Redis } from "@misskeep/redis";
import { Queue } from "bullmq";

/** What a job of the internal queue says: which run is to be executed. Its id is the run's. */
export interface RunJobData {
  readonly processor: string;
  readonly run: string;
}

export const RUN_QUEUE = "runs";

/**
 * Sees to it that workers execute a run: adds its job to the internal queue, unless it is there.
 *
 * @param redis a connection of role `command`
 */
export async function enqueueRun(redis: Redis, { processor, run }: RunJobData): Promise<void> {
  const queue = new Queue<RunJobData, void, "run">(RUN_QUEUE, {
    connection: redis,
    prefix: keys.internalPrefix,
    skipWaitingForReady: true,
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
  });
  // The add below reports what goes wrong.
  queue.on("error", () => undefined);
  try {
    await queue.add(
      "run",
      { processor, run },
      {
        jobId: run,
        // As long as the run is to be executed, so is its job; then it goes, and a resumed run's can be added.
        attempts: 2 ** 31,
        backoff: { type: "fixed", delay: 1_000 },
        removeOnComplete: true,
        removeOnFail: true,
        stackTraceLimit: 1,
      },
    );
  } finally {
    await queue.close();
  }
}
