import { keys, type Redis } from "@misskeep/redis";
import { EventQueue, JOB_OPTIONS } from "./event-queue.ts";

/** Ended jobs are kept this long, so that an event dispatched twice finds its first job, s. */
export const KEEP_ENDED_S = 24 * 3_600;

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
      const queue = new EventQueue(processor, {
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
