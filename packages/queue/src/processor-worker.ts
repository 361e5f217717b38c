import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Log, type Outcome, RunAborted } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import type { Job } from "bullmq";
import { indexDeaths } from "./dead-index/index-deaths.ts";
import { eventIdOf } from "./event-job.ts";
import { EventJob } from "./event-queue.ts";
import type { EventJobData } from "./job-data.ts";
import { keepConsumer, type RestartOptions } from "./keep-consumer.ts";
import { PatientWorker } from "./patient-worker.ts";
import { KEEP_ENDED_S } from "./queues.ts";
import { HandedBack, type RunDeps } from "./run-deps.ts";
import { RunHold } from "./run-hold.ts";
import { runJob } from "./run-job.ts";
import type { Runnable } from "./runnable.ts";
import { backoffStrategy, moveToWait } from "./settle.ts";

/**
 * A worker that dies holds its jobs' locks for 7 s at most, and others look every second, or after 2 s where a look
 * is skipped. With the random delay after a crash (2.75 s) and BullMQ's rounding of delays (1 s) its jobs run
 * again within 15 s. A block of the event loop over 7 s may run a job twice.
 */
const LOCK_MS = 7_000;
/** Handlers get so long to react to the signal before their jobs are handed back, ms. */
const REACT_MS = 1_000;

export interface ProcessorWorker {
  readonly name: string;
  /** How many jobs it runs now. */
  running(): number;
  /** The jobs that it runs now. `since` is ms since 1970. */
  runs(): readonly { readonly jobId: string; readonly since: number }[];
  /**
   * Takes no more jobs, waits for what runs, and hands back what is not done in time.
   *
   * @param withinMs how long what runs may take
   */
  stop(withinMs: number): Promise<void>;
}

class Consumer extends PatientWorker<EventJobData, Outcome, "event"> {
  protected override get Job(): typeof Job {
    return EventJob;
  }
}

/**
 * Runs a queue's jobs in this process.
 *
 * @param connection a connection of role `worker`, shared by all; BullMQ duplicates it for its blocking calls
 */
export function startProcessorWorker(
  runnable: Runnable,
  connection: Redis,
  deps: Omit<RunDeps, "log"> & {
    readonly logFor: (processor: string, eventId: string) => Log;
    /** How long a worker that dies holds its jobs, ms. @default 7,000 */
    readonly lockMs?: number;
  } & RestartOptions,
): ProcessorWorker {
  const { lockMs = LOCK_MS } = deps;
  const runs = new Map<string, RunHold>();
  /** Those that were overtaken, too. */
  const holds = new Set<RunHold>();
  /**
   * Set once it can wait no longer. A job that is handed back wakes the fetch that BullMQ has under way, so this
   * worker may take it once more; it goes back at once then, which wakes another.
   */
  let stopped = false;

  let endedAt = performance.now();
  const perform = async (
    job: Job<EventJobData, Outcome>,
    token: string,
    isReplaced: () => boolean,
  ): Promise<Outcome> => {
    const id = String(job.id);
    let opened: Log | undefined;
    const log = (): Log => (opened ??= deps.logFor(runnable.name, eventIdOf(id)));
    // What a consumer got at last, after it was replaced, it would hold without renewing the lock.
    if (stopped || isReplaced())
      return moveToWait({ job, token, onRefused: (err) => log().warn({ err }, "cannot hand back yet") });
    const hold = new RunHold();
    // Back here before its first run ended: that one has lost its lock.
    runs.get(id)?.abort(new RunAborted("The job runs again."));
    runs.set(id, hold);
    holds.add(hold);
    try {
      return await runJob(job, token, runnable, hold, { ...deps, log });
    } finally {
      holds.delete(hold);
      if (runs.get(id) === hold) runs.delete(id);
      endedAt = performance.now();
    }
  };
  const log = deps.logFor(runnable.name, "");
  const deaths = indexDeaths(deps.redis, runnable.name, (err) =>
    log.warn({ err }, "a dead letter is not in the index yet"),
  );

  const consume = (): Consumer => {
    const worker: Consumer = new Consumer(
      runnable.name,
      (job, token = "") => perform(job, token, () => worker !== kept.current()),
      {
        connection,
        prefix: keys.queuePrefix(runnable.name),
        concurrency: runnable.concurrency,
        ...(runnable.rateLimit
          ? { limiter: { max: runnable.rateLimit.max, duration: runnable.rateLimit.perMs } }
          : {}),
        lockDuration: lockMs,
        removeOnComplete: { age: KEEP_ENDED_S },
        settings: { backoffStrategy },
      },
    );
    worker.on("error", (error) => log.warn({ err: error }, "the processor's worker met an error"));
    worker.on("failed", (job) => {
      // It also tells of every attempt that will be followed by another.
      if (job?.finishedOn) deaths.add(String(job.id));
    });
    worker.on("lockRenewalFailed", (ids: string[]) => {
      for (const id of ids)
        runs.get(id)?.abort(new RunAborted("The job's lock is lost: another may run it."));
    });
    return worker;
  };
  const kept = keepConsumer(consume, {
    name: runnable.name,
    redis: deps.redis,
    key: (name) => keys.queue(runnable.name, name),
    concurrency: runnable.concurrency,
    running: () => runs.size,
    endedAt: () => endedAt,
    log,
    onRestart: deps.onRestart,
    stuckAfterMs: deps.stuckAfterMs,
  });

  return {
    name: runnable.name,
    running: () => runs.size,
    runs: () => [...runs].map(([jobId, { since }]) => ({ jobId, since })),
    async stop(withinMs) {
      kept.stop();
      const closed = kept.current().close();
      const timer = new AbortController();
      const late = sleep(withinMs, "late" as const, { signal: timer.signal }).catch(() => "closed" as const);
      if ((await Promise.race([closed, late])) === "late") {
        stopped = true;
        for (const hold of runs.values()) hold.abort(new HandedBack("The worker stops."));
        await Promise.race([closed, sleep(REACT_MS)]);
        for (const hold of holds) hold.cut(new HandedBack("The worker stopped before the run ended."));
        await Promise.race([closed, sleep(REACT_MS)]);
      }
      timer.abort();
      await Promise.race([deaths.indexed(), sleep(REACT_MS)]);
    },
  };
}
