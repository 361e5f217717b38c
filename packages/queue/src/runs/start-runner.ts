import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { keys, type Redis, redisTime } from "@misskeep/redis";
import { type Job, WaitingError } from "bullmq";
import { listKnownProcessors } from "../known-processors.ts";
import { keepConsumer, type RestartOptions } from "../keep-consumer.ts";
import { PatientWorker } from "../patient-worker.ts";
import { HandedBack } from "../run-deps.ts";
import { moveToWait } from "../settle.ts";
import { changeState } from "./change-state.ts";
import { findActiveRun, publishRun } from "./create-run.ts";
import { type ExecuteDeps, executeRun } from "./execute-run.ts";
import { purgeRuns } from "./purge-runs.ts";
import { toMember } from "./run-member.ts";
import { RUN_QUEUE, type RunJobData } from "./run-queue.ts";
import { readRun, type StoredRun } from "./stored-run.ts";

export interface RunnerDeps extends ExecuteDeps, RestartOptions {
  /** A connection of role `worker`; BullMQ duplicates it for its blocking calls. */
  readonly shared: Redis;
  /** How many runs at once. @default 100 */
  readonly concurrency?: number;
  /** How long a worker that dies holds its runs, ms. @default 7,000 */
  readonly lockMs?: number;
  /** How often it looks for runs that nobody executes, ms. @default 10,000 */
  readonly watchEveryMs?: number;
}

/**
 * More than there are processors, and so runs: one that waits, as for a processor that is paused, must not keep another
 * from going on. A waiting one costs some small calls five times a second.
 */
const CONCURRENCY = 100;
/** As for processors: a dead worker's run goes on in another one within 15 s. */
const LOCK_MS = 7_000;
const WATCH_EVERY_MS = 10_000;
/** No processor has such a name. */
const RUNS_CONSUMER = "(runs)";
/** How long a stop waits for runs to be handed back, ms. */
const STOP_MS = 3_000;

type RunConsumer = PatientWorker<RunJobData, void, "run">;

/**
 * Executes runs in this process, and sees to it that each run which is under way is executed by some worker: who
 * created or resumed it may have died before the workers heard of it.
 *
 * @returns a function that stops, and hands back what is not ended
 */
export function startRunner(deps: RunnerDeps): () => Promise<void> {
  const { redis, shared, log, lockMs = LOCK_MS, concurrency = CONCURRENCY } = deps;
  const running = new Map<string, AbortController>();
  const stopping = new AbortController();

  let endedAt = performance.now();
  const giveBack = (job: Job<RunJobData, void>, token: string): Promise<never> =>
    moveToWait({ job, token, onRefused: (err) => log.warn({ err }, "cannot hand a run back yet") });
  const perform = async (job: Job<RunJobData, void>, token: string): Promise<void> => {
    const id = String(job.id);
    const controller = new AbortController();
    running.get(id)?.abort(new Error("The run is executed again."));
    running.set(id, controller);
    try {
      await executeRun(deps, job.data, AbortSignal.any([controller.signal, stopping.signal]));
    } catch (error) {
      if (stopping.signal.aborted) return await giveBack(job, token);
      await pauseIfBroken(deps, job.data, error);
      throw error;
    } finally {
      if (running.get(id) === controller) running.delete(id);
      endedAt = performance.now();
    }
  };
  const consume = (): RunConsumer => {
    const worker: RunConsumer = new PatientWorker(
      RUN_QUEUE,
      (job, token = "") => (worker === kept.current() ? perform(job, token) : giveBack(job, token)),
      {
        connection: shared,
        prefix: keys.internalPrefix,
        concurrency,
        lockDuration: lockMs,
      },
    );
    worker.on("error", (err) => log.warn({ err }, "the runs' worker met an error"));
    worker.on("failed", (job, err) => {
      if (!(err instanceof WaitingError))
        log.warn({ err, run: job?.id }, "a run met an error; it goes on in a second");
    });
    // One that was resumed after it was let go, and before its job was gone, has no job now.
    worker.on("completed", (job) => {
      void publishAgain(redis, job.data).catch((err: unknown) =>
        log.warn(
          { err, run: job.id },
          "a run may have to wait for the next look for those that nobody executes",
        ),
      );
    });
    worker.on("lockRenewalFailed", (ids: string[]) => {
      for (const id of ids)
        running.get(id)?.abort(new Error("The run's lock is lost: another may execute it."));
    });
    return worker;
  };
  const kept = keepConsumer(consume, {
    name: RUNS_CONSUMER,
    redis,
    key: (name) => `${keys.internalPrefix}:${RUN_QUEUE}:${name}`,
    concurrency,
    running: () => running.size,
    endedAt: () => endedAt,
    log,
    onRestart: deps.onRestart,
    stuckAfterMs: deps.stuckAfterMs,
  });

  let watching = Promise.resolve();
  const timer = setInterval(() => {
    watching = watchRuns(redis).catch((err: unknown) =>
      log.warn({ err }, "the look for runs that nobody executes failed; it is tried again"),
    );
  }, deps.watchEveryMs ?? WATCH_EVERY_MS);

  return async () => {
    clearInterval(timer);
    stopping.abort(new HandedBack("The worker stops."));
    kept.stop();
    const closed = kept.current().close();
    closed.catch(() => undefined);
    await Promise.race([Promise.allSettled([closed, watching]), sleep(STOP_MS)]);
  };
}

/**
 * Hands every run that is under way and not waiting for a person to the workers, unless they have it; and forgets
 * those that ended long ago.
 */
export async function watchRuns(redis: Redis): Promise<void> {
  for (const processor of await listKnownProcessors(redis)) {
    const id = await findActiveRun(redis, processor);
    const run = id === undefined ? undefined : await readRun(redis, processor, id);
    if (!run) continue;
    if (isToBeExecuted(run)) await publishRun(redis, processor, run.id, run.about.createdAt);
    else await redis.zadd(keys.runs, "NX", run.about.createdAt, toMember(processor, run.id));
  }
  await purgeRuns(redis, await redisTime(redis));
}

async function publishAgain(redis: Redis, { processor, run: id }: RunJobData): Promise<void> {
  const run = await readRun(redis, processor, id);
  if (run && isToBeExecuted(run)) await publishRun(redis, processor, id, run.about.createdAt);
}

function isToBeExecuted({ state }: StoredRun): boolean {
  return state === "running" || state === "trying";
}

/**
 * A mistake of ours, or a filter that no longer means anything, would come again every second for ever: a person has
 * to look. What Redis says is no reason: it passes.
 */
async function pauseIfBroken(
  { redis, log }: ExecuteDeps,
  { processor, run }: RunJobData,
  error: unknown,
): Promise<void> {
  const { name, code, message } = error as { name?: string; code?: unknown; message?: string };
  const broken =
    ["TypeError", "RangeError", "SyntaxError", "ReferenceError"].includes(name ?? "") ||
    (typeof code === "string" && code.startsWith("INVALID_"));
  if (!broken) return;
  log.error({ err: error, run }, "a run cannot go on and is paused");
  await changeState(redis, processor, run, { to: "paused", why: `It could not go on: ${message ?? ""}` });
}
