import { keys, type Redis } from "@misskeep/redis";
import type { Outcome } from "@misskeep/processor";
import { scripts } from "./scripts.ts";

/** One run of a job, as its history keeps it. Times are ms since 1970. */
export interface RunEntry {
  readonly attempt: number;
  readonly worker: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** How it ended; absent while it runs. */
  readonly end?: "handled" | "ignored" | "retry" | "later" | "paused" | "dead" | "handed-back" | "crashed";
  readonly error?: RecordedError;
}

export interface RecordedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

/** How a job ended for good, recorded before BullMQ is told of it. */
export type RecordedEnd = Outcome | { readonly type: "dead"; readonly error: RecordedError };

/** What earlier runs of a job left behind. */
export interface RunRecord {
  /** A run that began and never ended: its worker died. */
  readonly unended: RunEntry | undefined;
  readonly history: readonly RunEntry[];
  readonly crashes: number;
  readonly end: RecordedEnd | undefined;
  readonly firstAttemptAt: number;
  readonly replays: number;
}

/** A job that this worker holds. */
export interface HeldJob {
  readonly queue: string;
  readonly id: string;
  /** BullMQ's lock token. */
  readonly token: string;
}

const HISTORY_LENGTH = 20;

/**
 * Records that a run begins. If the run before never ended, or the job has ended already, nothing is written.
 *
 * @returns undefined if the lock is lost
 */
export async function beginRun(redis: Redis, job: HeldJob, run: RunEntry): Promise<RunRecord | undefined> {
  const [held, unended, history, crashes, end, first, replays] = (await scripts.beginRun.run(
    redis,
    recordKeys(job),
    [job.token, JSON.stringify(run), run.startedAt],
  )) as [number, ...string[]];
  if (held === 0) return undefined;
  return {
    unended: unended ? (JSON.parse(unended) as RunEntry) : undefined,
    history: history ? (JSON.parse(history) as RunEntry[]) : [],
    crashes: Number(crashes),
    end: end ? (JSON.parse(end) as RecordedEnd) : undefined,
    firstAttemptAt: Number(first),
    replays: Number(replays),
  };
}

/**
 * Records that a run ended; with `end`, that the job did. An end is also taken while nobody holds the lock:
 * the run is over, and whoever takes the job next must not repeat it.
 *
 * @returns false if somebody else runs the job by now, or it is gone
 */
export async function endRun(
  redis: Redis,
  job: HeldJob,
  record: RunRecord,
  run: RunEntry,
  changes: { readonly end?: RecordedEnd; readonly crashes?: number } = {},
): Promise<boolean> {
  const history = JSON.stringify([...record.history, run].slice(-HISTORY_LENGTH));
  return write(redis, job, {
    evenUnlocked: changes.end !== undefined,
    remove: ["mk:run"],
    set: {
      "mk:history": history,
      ...(changes.end === undefined ? {} : { "mk:outcome": JSON.stringify(changes.end) }),
      ...(changes.crashes === undefined ? {} : { "mk:crashes": String(changes.crashes) }),
    },
  });
}

/** @returns undefined if no such step is recorded; a recorded result may itself be undefined */
export async function findStep(
  redis: Redis,
  job: HeldJob,
  name: string,
): Promise<{ result: unknown } | undefined> {
  const text = await redis.hget(keys.queue(job.queue, job.id), `mk:step:${name}`);
  return text === null ? undefined : (JSON.parse(text) as { result: unknown });
}

/** @returns false if the lock is lost or the job is gone */
export async function recordStep(
  redis: Redis,
  job: HeldJob,
  name: string,
  result: unknown,
): Promise<boolean> {
  return write(redis, job, { set: { [`mk:step:${name}`]: JSON.stringify({ result }) } });
}

async function write(
  redis: Redis,
  job: HeldJob,
  changes: {
    readonly evenUnlocked?: boolean;
    readonly remove?: readonly string[];
    readonly set: Readonly<Record<string, string>>;
  },
): Promise<boolean> {
  const remove = changes.remove ?? [];
  const written = await scripts.writeRecord.run(redis, recordKeys(job), [
    job.token,
    changes.evenUnlocked ? "1" : "0",
    remove.length,
    ...remove,
    ...Object.entries(changes.set).flat(),
  ]);
  return written === 1;
}

function recordKeys(job: HeldJob): string[] {
  return [keys.queue(job.queue, job.id), keys.queue(job.queue, `${job.id}:lock`)];
}
