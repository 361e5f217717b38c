import type { Queues } from "./queues.ts";

/** What a processor has before it, and what it could not do. */
export interface Backlog {
  /** To be run as soon as there is room. */
  readonly waiting: number;
  readonly active: number;
  /** To be run at a later time: after a failure, mostly. */
  readonly delayed: number;
  readonly dead: number;
  /** When the event that is next was received, ms since 1970. */
  readonly oldestWaitingAt: number | undefined;
}

/** Counts a processor's jobs; a few cheap calls however many there are. */
export async function findBacklog(queues: Queues, processor: string): Promise<Backlog> {
  const queue = queues.get(processor);
  const [counts, [next]] = await Promise.all([
    queue.getJobCounts("wait", "active", "delayed", "failed"),
    queue.getJobs(["wait"], 0, 0, true),
  ]);
  return {
    waiting: counts["wait"] ?? 0,
    active: counts["active"] ?? 0,
    delayed: counts["delayed"] ?? 0,
    dead: counts["failed"] ?? 0,
    oldestWaitingAt: next?.data.receivedAt,
  };
}
