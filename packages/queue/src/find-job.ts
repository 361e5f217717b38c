import { keys, type Redis } from "@misskeep/redis";
import { SCORES_PER_MS } from "./delayed-score.ts";
import { parseDiscard, type StoredDiscard } from "./discard.ts";
import { type LoadedEvent, loadEvent } from "./event-job.ts";
import type { Queues } from "./queues.ts";
import type { RecordedEnd, RecordedError, RunEntry } from "./run-record.ts";

/** What became of one event at one processor. Times are ms since 1970. */
export interface JobReport {
  readonly processor: string;
  readonly id: string;
  readonly state: "waiting" | "active" | "delayed" | "handled" | "ignored" | "dead" | "discarded";
  /** Attempts that are spent. */
  readonly attempts: number;
  /** How often it was replayed as a dead letter. */
  readonly replays: number;
  /** The last 20 runs, oldest first. */
  readonly history: readonly RunEntry[];
  readonly steps: readonly string[];
  /** What the handler said of its success, or why it ignored the event. */
  readonly detail: string | undefined;
  /** Why it is dead, or why its last run failed. */
  readonly error: RecordedError | undefined;
  readonly endedAt: number | undefined;
  /** Who put it away, if it is a dead letter that somebody did. */
  readonly discarded: StoredDiscard | undefined;
  /** Of a delayed one. */
  readonly runsAt: number | undefined;
  readonly event: LoadedEvent;
}

/**
 * Looks a job up in whatever state it is.
 *
 * @param id an event id, with `~<run>` for a backfill or an edited replay
 * @returns undefined if the processor never got the event, or handled it over a day ago
 */
export async function findJob(
  redis: Redis,
  queues: Queues,
  processor: string,
  id: string,
): Promise<JobReport | undefined> {
  const queue = queues.get(processor);
  const [job, state, delayedScore, fields] = await Promise.all([
    queue.getJob(id),
    queue.getJobState(id),
    redis.zscore(keys.queue(processor, "delayed"), id),
    redis.hgetall(keys.queue(processor, id)),
  ]);
  if (!job) return undefined;
  const history = JSON.parse(fields["mk:history"] ?? "[]") as RunEntry[];
  const end = fields["mk:outcome"] ? (JSON.parse(fields["mk:outcome"]) as RecordedEnd) : undefined;
  const discarded = fields["mk:discarded"] === undefined ? undefined : parseDiscard(fields["mk:discarded"]);
  // An outcome counts from when it is recorded; BullMQ hears of it a little later.
  const outcome = end?.type ?? (state === "failed" ? "dead" : state === "completed" ? "handled" : undefined);
  const ended = discarded === undefined ? outcome : "discarded";
  return {
    processor,
    id,
    state: ended ?? (state === "active" || state === "delayed" ? state : "waiting"),
    attempts: job.attemptsMade,
    replays: Number(fields["mk:replays"] ?? 0),
    history,
    steps: Object.keys(fields)
      .filter((field) => field.startsWith("mk:step:"))
      .map((field) => field.slice("mk:step:".length)),
    detail: end?.type === "handled" ? end.detail : end?.type === "ignored" ? end.reason : undefined,
    error:
      ended === "handled" || ended === "ignored"
        ? undefined
        : (history.at(-1)?.error ?? (end?.type === "dead" ? end.error : undefined)),
    discarded,
    endedAt: ended === undefined ? undefined : (job.finishedOn ?? history.at(-1)?.endedAt),
    runsAt: delayedScore === null ? undefined : Math.floor(Number(delayedScore) / SCORES_PER_MS),
    event: loadEvent({ id, data: job.data }),
  };
}
