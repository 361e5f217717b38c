import {
  type DispatchState,
  findDispatchState,
  findDuplicates,
  findEntry,
  findErased,
} from "@misskeep/inbox";
import { findJobsOfEvent, type JobReport, type RecordedError, type RunEntry } from "@misskeep/queue";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import type { EventContent } from "./event-content.ts";
import {
  type EventSummary,
  type MisskeyFacts,
  type RawBody,
  readEntry,
  type ReadEvent,
  readLoaded,
} from "./event-summary.ts";
import { findProcessors } from "./find-processors.ts";
import { requireEventId } from "./list-events.ts";
import { readContent } from "./read-content.ts";
import type { ShowOptions } from "./show-dead.ts";

/** What became of an event at one processor. Times are ms since 1970. */
export interface EventAtProcessor {
  readonly processor: string;
  /** Its job: the event id, with `~<run>` for a backfill or an edited replay. */
  readonly id: string;
  /** Of a replay with another body: the job that it was made of. */
  readonly parent: string | null;
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
  /** Those that got it; of those that handled it, for a day. A backfill or an edited replay stands for itself. */
  readonly processors: readonly EventAtProcessor[];
  /** When its content was erased, ms since 1970. */
  readonly erasedAt: number | null;
  /** Only if asked for, and not erased: the body is private. */
  readonly raw?: RawBody;
  /** Only if asked for; null where there is nothing to show. It may be private, and says so. */
  readonly content?: EventContent | null;
}

/**
 * Everything that is known of one event.
 *
 * @throws OperationError `INVALID_EVENT_ID`, `EVENT_NOT_FOUND`
 */
export async function showEvent(
  context: Context,
  id: string,
  options: ShowOptions = {},
): Promise<EventDetails> {
  requireEventId(id);
  const { redis, queues } = context;
  const [entry, erasedAt, names] = await Promise.all([
    findEntry(redis, id),
    findErased(redis, id),
    findProcessors(context),
  ]);
  const reports = await findJobsOfEvent(redis, queues, [...names.keys()], id);
  const event = entry ? readEntry(entry) : readJobs(reports);
  if (!event) throw notFound(id, erasedAt);
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
    erasedAt: erasedAt ?? event.erased ?? null,
    ...(options.raw && event.erased === undefined ? { raw: event.raw } : {}),
    ...(options.content ? { content: event.event ? readContent(event.event) : null } : {}),
  };
}

/** As Misskey sent it, rather than as a person changed it, if any job still knows. */
function readJobs(reports: readonly JobReport[]): ReadEvent | undefined {
  const report = reports.find(({ event }) => event.editOf === undefined) ?? reports[0];
  return report && readLoaded(report.event);
}

function notFound(id: string, erasedAt: number | undefined): OperationError {
  const why =
    erasedAt === undefined
      ? "neither in the inbox nor at a processor"
      : `its content was erased on ${new Date(erasedAt).toISOString().slice(0, 10)}`;
  return new OperationError("EVENT_NOT_FOUND", `Event ${id} is not there (any more): ${why}.`);
}

function toEventAtProcessor(job: JobReport): EventAtProcessor {
  const { processor, id, state, attempts, replays, history, steps, detail, error, endedAt, runsAt } = job;
  const { by, why, at } = job.discarded ?? {};
  return {
    processor,
    id,
    parent: job.event.editOf ?? null,
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
