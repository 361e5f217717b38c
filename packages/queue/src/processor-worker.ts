import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Outcome, RunAborted } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import type { Job } from "bullmq";
import { indexDeaths } from "./dead-index/index-deaths.ts";
import { type EventJobData, eventIdOf } from "./event-job.ts";
import { watchIdle } from "./idle-watch.ts";
import { PatientWorker } from "./patient-worker.ts";
import { KEEP_ENDED_S } from "./queues.ts";
import { HandedBack, type RunDeps } from "./run-deps.ts";
import { runJob } from "./run-job.ts";
import type { Runnable } from "./runnable.ts";
import { backoffStrategy, moveToWait } from "./settle.ts";

/**
 * A worker that dies holds its jobs' locks for 7 s at most, and others look every 2 s, or after 4 s where a look
 * is skipped. With the random delay after a crash (2.75 s) and BullMQ's rounding of delays (1 s) its jobs run
 * again within 15 s. A block of the event loop over 7 s may run a job twice.
 */
const LOCK_MS = 7_000;
const LOOK_FOR_STALLED_MS = 2_000;
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

type EventJob = Job<EventJobData, Outcome>;
type Consumer = PatientWorker<EventJobData, Outcome, "event">;

/**
 * Runs a queue's jobs in this process.
 *
 * @param connection a connection of role `worker`, shared by all; BullMQ duplicates it for its blocking calls
 */
export function startProcessorWorker(
  runnable: Runnable,
  connection: Redis,
  deps: Omit<RunDeps, "log"> & {
    readonly logFor: (processor: string, eventId: string) => RunDeps["log"];
    /** How long a worker that dies holds its jobs, ms. @default 7,000 */
    readonly lockMs?: number;
    /** Its consumer sat idle with work waiting, and was replaced. */
    readonly onRestart?: (processor: string) => void;
    /** How long a consumer may sit idle with work waiting, ms. @default 30,000 */
    readonly stuckAfterMs?: number;
  },
): ProcessorWorker {
  const { lockMs = LOCK_MS, stuckAfterMs } = deps;
  const runs = new Map<string, { readonly controller: AbortController; readonly since: number }>();
  const { promise: stop, reject: handBack } = withResolvers<never>();
  /**
   * Set once it can wait no longer. A job that is handed back wakes the fetch that BullMQ has under way, so this
   * worker may take it once more; it goes back at once then, which wakes another.
   */
  let stopped = false;
  // Runs race it; between runs nobody listens.
  stop.catch(() => undefined);

  let endedAt = performance.now();
  const perform = async (job: EventJob, token: string, isReplaced: () => boolean): Promise<Outcome> => {
    const id = String(job.id);
    const log = deps.logFor(runnable.name, eventIdOf(id));
    // What a consumer got at last, after it was replaced, it would hold without renewing the lock.
    if (stopped || isReplaced())
      return moveToWait({ job, token, onRefused: (err) => log.warn({ err }, "cannot hand back yet") });
    const controller = new AbortController();
    // Back here before its first run ended: that one has lost its lock.
    runs.get(id)?.controller.abort(new RunAborted("The job runs again."));
    runs.set(id, { controller, since: Date.now() });
    try {
      return await runJob(job, token, runnable, { controller, stop }, { ...deps, log });
    } finally {
      if (runs.get(id)?.controller === controller) runs.delete(id);
      endedAt = performance.now();
    }
  };
  const log = deps.logFor(runnable.name, "");
  const deaths = indexDeaths(deps.redis, runnable.name, (err) =>
    log.warn({ err }, "a dead letter is not in the index yet"),
  );

  const consume = (): Consumer => {
    const worker: Consumer = new PatientWorker(
      runnable.name,
      (job, token = "") => perform(job, token, () => worker !== consumer),
      {
        connection,
        prefix: keys.queuePrefix(runnable.name),
        concurrency: runnable.concurrency,
        ...(runnable.rateLimit
          ? { limiter: { max: runnable.rateLimit.max, duration: runnable.rateLimit.perMs } }
          : {}),
        lockDuration: lockMs,
        stalledInterval: Math.min(LOOK_FOR_STALLED_MS, lockMs),
        // Out of reach: BullMQ's own count ends jobs that ran beside the one that stopped their worker. Ours is
        // in run-job.ts.
        maxStalledCount: 2 ** 31,
        drainDelay: 5,
        runRetryDelay: 1_000,
        removeOnComplete: { age: KEEP_ENDED_S },
        settings: { backoffStrategy },
        skipVersionCheck: true,
      },
    );
    worker.on("error", (error) => log.warn({ err: error }, "the processor's worker met an error"));
    worker.on("failed", (job) => {
      // It also tells of every attempt that will be followed by another.
      if (job?.finishedOn) deaths.add(String(job.id));
    });
    worker.on("lockRenewalFailed", (ids: string[]) => {
      for (const id of ids)
        runs.get(id)?.controller.abort(new RunAborted("The job's lock is lost: another may run it."));
    });
    return worker;
  };
  let consumer = consume();

  const stopWatching = watchIdle({
    redis: deps.redis,
    processor: runnable.name,
    lastActive: () => (runs.size > 0 ? Infinity : Math.max(endedAt, consumer.refusedAt)),
    onStuck() {
      log.error({ processor: runnable.name }, "a consumer sat idle with work waiting; it is replaced");
      deps.onRestart?.(runnable.name);
      const stuck = consumer;
      consumer = consume();
      // It may never end; nothing waits for it.
      stuck
        .close(true)
        .catch((err: unknown) => log.warn({ err }, "a consumer that was replaced does not close"));
    },
    onError: (err) => log.debug({ err }, "the look at the consumer failed"),
    now: () => performance.now(),
    ...(stuckAfterMs === undefined ? {} : { stuckAfterMs, everyMs: stuckAfterMs / 6 }),
  });

  return {
    name: runnable.name,
    running: () => runs.size,
    runs: () => [...runs].map(([jobId, { since }]) => ({ jobId, since })),
    async stop(withinMs) {
      stopWatching();
      const closed = consumer.close();
      const timer = new AbortController();
      const late = sleep(withinMs, "late" as const, { signal: timer.signal }).catch(() => "closed" as const);
      if ((await Promise.race([closed, late])) === "late") {
        stopped = true;
        for (const { controller } of runs.values()) controller.abort(new HandedBack("The worker stops."));
        await Promise.race([closed, sleep(REACT_MS)]);
        handBack(new HandedBack("The worker stopped before the run ended."));
        await Promise.race([closed, sleep(REACT_MS)]);
      }
      timer.abort();
      await Promise.race([deaths.indexed(), sleep(REACT_MS)]);
    },
  };
}

function withResolvers<T>(): { promise: Promise<T>; reject: (reason: unknown) => void } {
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
