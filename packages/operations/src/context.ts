import { openQueues, type Queues } from "@misskeep/queue";
import type { Redis } from "@misskeep/redis";

/** What every verb works on. */
export interface Context {
  /** A connection of role `command`, ready. */
  readonly redis: Redis;
  readonly queues: Queues;
}

/**
 * @param redis a connection of role `command`; the caller closes it after `queues`
 * @param onError told of errors that no call reports
 */
export function openContext(redis: Redis, onError: (error: Error) => void): Context {
  return { redis, queues: openQueues(redis, onError) };
}
