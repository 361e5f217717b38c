import { QUARANTINE, type Subscription } from "@misskeep/processor";
import {
  findBacklog,
  findPause,
  listWorkers,
  type Pause,
  type ProcessorRules,
  type WorkerRecord,
} from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import { readProcessorFigures } from "@misskeep/series";
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
  /** Runs that ended well and that failed, a minute, over the last 5; null while nobody runs it and nothing is known. */
  readonly perMinute: number | null;
  readonly failedPerMinute: number | null;
  /** From receipt to handled, over the last 5 minutes, ms; null where nothing was handled. */
  readonly p95Ms: number | null;
  /** As the worker that started last says; null where none has said. */
  readonly rules: ProcessorRules | null;
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
  const [found, now] = await Promise.all([findProcessors(context), redisTime(context.redis)]);
  const figures = await readProcessorFigures(context.redis, [...found.keys()], now);
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
      const live = running.filter((worker) => worker.live).length;
      const nothing = live > 0 ? 0 : null;
      return {
        name,
        subscriptions: subscription?.any ?? [],
        since: subscription?.since ?? null,
        workers: live,
        seenAt: subscription?.seenAt ?? (seen.length > 0 ? Math.max(...seen) : null),
        waiting: backlog.waiting,
        oldestWaitingAt: backlog.oldestWaitingAt ?? null,
        active: backlog.active,
        delayed: backlog.delayed,
        dead: backlog.dead,
        paused: paused ?? null,
        removed: !isQuarantine && subscription === undefined,
        perMinute: figures.get(name)?.perMinute ?? nothing,
        failedPerMinute: figures.get(name)?.failedPerMinute ?? nothing,
        p95Ms: figures.get(name)?.p95Ms ?? null,
        rules: newestRules(workers, name),
      };
    }),
  );
}

/** Replicas may differ for a while, as when a new version replaces them one by one. */
function newestRules(workers: readonly WorkerRecord[], name: string): ProcessorRules | null {
  const saying = workers.filter(({ about }) => Object.hasOwn(about.rules, name));
  const [newest] = saying.toSorted((a, b) => b.startedAt - a.startedAt);
  return newest?.about.rules[name] ?? null;
}
