import { QUARANTINE, type Subscription } from "@misskeep/processor";
import { findBacklog, findPause, listWorkers, type Pause, type WorkerRecord } from "@misskeep/queue";
import type { Context } from "./context.ts";
import { findProcessors } from "./find-processors.ts";

/** A processor as the deployment knows it. Times are ms since 1970. */
export interface ProcessorStatus {
  readonly name: string;
  /** What it wants; an event is its if any of these covers it. Empty for quarantine and for removed ones. */
  readonly subscriptions: readonly Subscription[];
  /** First registered: earlier events are a backfill. */
  readonly since: number | null;
  /** How many live workers run it. */
  readonly workers: number;
  /** When a worker that runs it was last heard of. */
  readonly seenAt: number | null;
  readonly waiting: number;
  readonly oldestWaitingAt: number | null;
  readonly active: number;
  readonly delayed: number;
  readonly dead: number;
  readonly paused: Pause | null;
  /** Removed, and still with jobs: they were on their way when it was removed. */
  readonly removed: boolean;
}

export async function listProcessors(context: Context): Promise<readonly ProcessorStatus[]> {
  const workers = await listWorkers(context.redis);
  return listProcessorsOf(context, workers);
}

/** As `listProcessors`, for a caller that has read the workers already. */
export async function listProcessorsOf(
  context: Context,
  workers: readonly WorkerRecord[],
): Promise<readonly ProcessorStatus[]> {
  const found = await findProcessors(context);
  return Promise.all(
    [...found].map(async ([name, subscription]): Promise<ProcessorStatus> => {
      const [backlog, paused] = await Promise.all([
        findBacklog(context.queues, name),
        findPause(context.redis, context.queues, name),
      ]);
      const isQuarantine = name === QUARANTINE;
      // Every worker runs quarantine, and none says so.
      const running = workers.filter(({ processors }) => isQuarantine || processors.includes(name));
      const seen = running.map(({ seenAt }) => seenAt);
      return {
        name,
        subscriptions: subscription?.any ?? [],
        since: subscription?.since ?? null,
        workers: running.filter(({ live }) => live).length,
        seenAt: subscription?.seenAt ?? (seen.length > 0 ? Math.max(...seen) : null),
        waiting: backlog.waiting,
        oldestWaitingAt: backlog.oldestWaitingAt ?? null,
        active: backlog.active,
        delayed: backlog.delayed,
        dead: backlog.dead,
        paused: paused ?? null,
        removed: !isQuarantine && subscription === undefined,
      };
    }),
  );
}
