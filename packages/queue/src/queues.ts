import { keys, type Redis } from "@misskeep/redis";
import { type JobsOptions, Queue } from "bullmq";
import type { EventJobData } from "./event-job.ts";
import type { Outcome } from "@misskeep/processor";

export type EventQueue = Queue<EventJobData, Outcome, "event">;

/** Ended jobs are kept this long, so that an event dispatched twice finds its first job, s. */
export const KEEP_ENDED_S = 24 * 3_600;

/**
 * Attempts are out of reach and the backoff is the worker's own: the processor's worker alone decides, by
 * rules that the dispatcher which added the job may not know. (BullMQ fails a job without `attempts` after one
 * run, and never asks the worker's strategy about a job without `backoff`.)
 */
const JOB_OPTIONS: JobsOptions = {
  attempts: 2 ** 31,
  backoff: { type: "custom" },
  removeOnComplete: { age: KEEP_ENDED_S },
  removeOnFail: false,
  stackTraceLimit: 1,
};

/** The queues of all processors, opened as they are asked for. */
export interface Queues {
  get(processor: string): EventQueue;
  close(): Promise<void>;
}

/**
 * @param redis a connection of role `command`, so that an add fails instead of hanging while Redis is away
 * @param onError told of errors that no call reports
 */
export function openQueues(redis: Redis, onError: (error: Error) => void): Queues {
  const open = new Map<string, EventQueue>();
  return {
    get(processor) {
      const existing = open.get(processor);
      if (existing) return existing;
      const queue: EventQueue = new Queue(processor, {
        connection: redis,
        prefix: keys.queuePrefix(processor),
        defaultJobOptions: JOB_OPTIONS,
        // Both are needed for adds to fail and recover while Redis comes and goes; the durability check
        // covers what is skipped with the version.
        skipWaitingForReady: true,
        skipVersionCheck: true,
        // Nobody reads BullMQ's event streams here.
        streams: { events: { maxLen: 100 } },
      });
      queue.on("error", onError);
      open.set(processor, queue);
      return queue;
    },
    async close() {
      await Promise.allSettled([...open.values()].map((queue) => queue.close()));
      open.clear();
    },
  };
}
