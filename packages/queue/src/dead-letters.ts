import { keys, type Redis } from "@misskeep/redis";
import { deadError } from "./dead-error.ts";
import { unindexDeadLetter } from "./dead-index/update-letters.ts";
import { eventIdOf, type LoadedEvent, loadEvent } from "./event-job.ts";
import type { EventQueue } from "./event-queue.ts";
import type { Queues } from "./queues.ts";
import type { RecordedEnd, RecordedError, RunEntry } from "./run-record.ts";
import { scripts } from "./scripts.ts";

/** A job that ended dead: a member of its queue's failed set. Times are ms since 1970. */
export interface DeadLetter {
  readonly processor: string;
  /** The job's id: the event id, with `~<run>` for a backfill or an edited replay. */
  readonly id: string;
  readonly eventId: string;
  readonly diedAt: number;
  readonly error: RecordedError;
  readonly attempts: number;
  /** How often it was replayed. */
  readonly replays: number;
  /** The last 20 runs, oldest first. */
  readonly history: readonly RunEntry[];
  /** The names of the steps that are recorded: a replay does not run them again. */
  readonly steps: readonly string[];
  /** Edited replays of it, oldest first. */
  readonly edits: readonly LetterEdit[];
  readonly event: LoadedEvent;
}

/** A replay with another body, as `mk:edits` keeps it. */
export interface LetterEdit {
  /** The job's id. */
  readonly id: string;
  readonly by: string;
  readonly at: number;
}

/** @returns undefined if the job is no dead letter */
export async function findDeadLetter(
  redis: Redis,
  queues: Queues,
  processor: string,
  id: string,
): Promise<DeadLetter | undefined> {
  const diedAt = await redis.zscore(keys.queue(processor, "failed"), id);
  return diedAt === null ? undefined : readLetter(redis, queues.get(processor), processor, id);
}

/**
 * Runs a dead letter again, with all its attempts; its steps stay recorded. One of quarantine is dispatched
 * afresh.
 *
 * @returns false if the job is no dead letter (any more)
 */
export async function replayDeadLetter(
  redis: Redis,
  queues: Queues,
  processor: string,
  id: string,
): Promise<boolean> {
  const replays = await scripts.prepareReplay.run(
    redis,
    [keys.queue(processor, "failed"), keys.queue(processor, id)],
    [id],
  );
  if (replays === 0) return false;
  const job = await queues.get(processor).getJob(id);
  if (!job) return false;
  try {
    await job.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true });
  } catch (error) {
    // BullMQ's own refusals carry a number: somebody replayed or removed it in between.
    if (typeof (error as { code?: unknown }).code === "number") return false;
    throw error;
  }
  // It runs again, whatever becomes of the index: a worker's next look at that mends it.
  await unindexDeadLetter(redis, processor, id).catch(() => undefined);
  return true;
}

/** Reads a job that died, whether it is still a dead letter or was discarded. */
export async function readLetter(
  redis: Redis,
  queue: EventQueue,
  processor: string,
  id: string,
): Promise<DeadLetter | undefined> {
  const key = keys.queue(processor, id);
  const [job, names, [stored = null, outcome = null, replays = null, edits = null]] = await Promise.all([
    queue.getJob(id),
    redis.hkeys(key),
    redis.hmget(key, "mk:history", "mk:outcome", "mk:replays", "mk:edits"),
  ]);
  if (!job?.finishedOn) return undefined;
  const history = JSON.parse(stored ?? "[]") as RunEntry[];
  const end = outcome === null ? undefined : (JSON.parse(outcome) as RecordedEnd);
  return {
    processor,
    id,
    eventId: eventIdOf(id),
    diedAt: job.finishedOn,
    error: deadError(history, end, job.failedReason),
    attempts: job.attemptsMade,
    replays: Number(replays ?? 0),
    history,
    steps: names.filter((name) => name.startsWith("mk:step:")).map((name) => name.slice("mk:step:".length)),
    edits: JSON.parse(edits ?? "[]") as LetterEdit[],
    event: loadEvent({ id, data: job.data }),
  };
}
