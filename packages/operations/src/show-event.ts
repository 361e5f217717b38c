import { findDuplicates, findEntry } from "@misskeep/inbox";
import { findJob, type JobReport, type RecordedError, type RunEntry } from "@misskeep/queue";
import type { Context } from "./context.ts";
import { type DispatchState, findDispatchState } from "./dispatch-state.ts";
import { OperationError } from "./errors.ts";
import {
  type EventSummary,
  type MisskeyFacts,
  type RawBody,
  readEntry,
  readLoaded,
} from "./event-summary.ts";
import { findProcessors } from "./find-processors.ts";
import { requireEventId } from "./list-events.ts";

/** What became of an event at one processor. Times are ms since 1970. */
export interface EventAtProcessor {
  readonly processor: string;
  readonly state: JobReport["state"];
  readonly attempts: number;
  readonly replays: number;
  readonly history: readonly RunEntry[];
  readonly steps: readonly string[];
  readonly detail: string | null;
  readonly error: RecordedError | null;
  readonly endedAt: number | null;
  /** Who put it away, of a dead letter that somebody did. */
  readonly discarded: { readonly by: string; readonly why: string; readonly at: number } | null;
  readonly runsAt: number | null;
}

export interface EventDetails extends EventSummary {
  readonly misskey: MisskeyFacts;
  /** What the inbox knows beside; null once the event is trimmed from it. */
  readonly inbox: {
    readonly state: DispatchState;
    /** Which of the hook's secrets it carried, from 1. */
    readonly secretNumber: number;
    readonly userAgent: string | null;
    readonly contentType: string | null;
    /** How the delivery breaks its hook's pin. */
    readonly pinBroken: string | null;
    /** How often it came again; null once its window has passed. `last` is ms since 1970. */
    readonly duplicates: { readonly count: number; readonly last: number | null } | null;
  } | null;
  /** Those that got it; of those that handled it, for a day. */
  readonly processors: readonly EventAtProcessor[];
  /** Only if asked for: the body is private. */
  readonly raw?: RawBody;
}

/**
 * Everything that is known of one event.
 *
 * @throws OperationError `INVALID_EVENT_ID`, `EVENT_NOT_FOUND`
 */
export async function showEvent(
  context: Context,
  id: string,
  options: { readonly raw?: boolean } = {},
): Promise<EventDetails> {
  requireEventId(id);
  const { redis, queues } = context;
  const [entry, names] = await Promise.all([findEntry(redis, id), findProcessors(context)]);
  const jobs = await Promise.all([...names.keys()].map((name) => findJob(redis, queues, name, id)));
  const reports = jobs.filter((job) => job !== undefined);
  const event = entry ? readEntry(entry) : reports[0] && readLoaded(reports[0].event);
  if (!event) {
    throw new OperationError(
      "EVENT_NOT_FOUND",
      `Event ${id} is not there (any more): neither in the inbox nor at a processor.`,
    );
  }
  const [state, duplicates] = entry
    ? await Promise.all([findDispatchState(redis, id), findDuplicates(redis, entry)])
    : [];
  return {
    ...event.summary,
    misskey: event.misskey,
    inbox:
      entry && state
        ? {
            state,
            secretNumber: entry.meta.secretNumber,
            userAgent: entry.meta.userAgent ?? null,
            contentType: entry.meta.contentType ?? null,
            pinBroken: entry.meta.pinBroken ?? null,
            duplicates: duplicates ? { count: duplicates.count, last: duplicates.last ?? null } : null,
          }
        : null,
    processors: reports.map(toEventAtProcessor),
    ...(options.raw ? { raw: event.raw } : {}),
  };
}

function toEventAtProcessor(job: JobReport): EventAtProcessor {
  const { processor, state, attempts, replays, history, steps, detail, error, endedAt, runsAt } = job;
  const { by, why, at } = job.discarded ?? {};
  return {
    processor,
    state,
    attempts,
    replays,
    history,
    steps,
    detail: detail ?? null,
    error: error ?? null,
    endedAt: endedAt ?? null,
    discarded: at === undefined ? null : { by: by ?? "", why: why ?? "", at },
    runsAt: runsAt ?? null,
  };
}
