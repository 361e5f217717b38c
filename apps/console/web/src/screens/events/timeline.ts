import type { EventAtProcessor, EventDetails, RecordedError, RunEntry } from "../../api/types.ts";

/** One thing that happened to an event. `at` is ms since 1970; null: since the step before, and still so. */
export type Moment = { readonly key: string; readonly at: number | null } & (
  | {
      readonly kind: "received";
      readonly hook: string;
      readonly secretNumber: number | null;
      readonly bytes: number;
    }
  | { readonly kind: "duplicates"; readonly count: number }
  | {
      readonly kind: "dispatch";
      readonly state: "waiting" | "held" | "dispatched";
      readonly to: readonly string[];
    }
  | { readonly kind: "erased" }
  | {
      readonly kind: "attempt";
      readonly job: Job;
      readonly run: RunEntry;
      readonly nextAt: number | null;
      readonly detail: string | null;
    }
  | { readonly kind: "replayed"; readonly job: Job }
  | { readonly kind: "discarded"; readonly job: Job; readonly by: string; readonly why: string }
  | {
      readonly kind: "ended";
      readonly job: Job;
      readonly state: EventAtProcessor["state"];
      readonly detail: string | null;
    }
);

/** Which job of the event it was: a backfill's and an edited replay's carry their run. */
export interface Job {
  readonly processor: string;
  readonly run: string | null;
  /** It is a dead letter's, changed by a person and run again. */
  readonly isEdit: boolean;
}

/**
 * Everything that is known of an event, in its order.
 *
 * | moment | where it comes from |
 * |---|---|
 * | received, duplicates, dispatch | the inbox, while it holds the event |
 * | attempt | each job's last 20 runs |
 * | replayed | each run that follows a death, or a job that died and is dead no more |
 * | discarded | each dead letter that somebody put away |
 * | ended | each job that ended, unless its last attempt says the same |
 */
export function toTimeline(event: EventDetails): readonly Moment[] {
  const moments: Moment[] = [
    {
      kind: "received",
      key: "received",
      at: event.receivedAt,
      hook: event.hook,
      secretNumber: event.inbox?.secretNumber ?? null,
      bytes: event.bytes,
    },
    ...inbox(event),
    ...event.processors.flatMap(attempts),
    ...event.processors.flatMap(ends),
  ];
  // What has no time of its own stands where it is put: the sort is stable, and it takes the time before it.
  let last = event.receivedAt;
  return moments
    .map((moment) => ({ moment, sortAt: (last = moment.at ?? last) }))
    .toSorted((a, b) => a.sortAt - b.sortAt)
    .map(({ moment }) => moment);
}

function inbox(event: EventDetails): Moment[] {
  const { inbox: known, processors, receivedAt } = event;
  const { erasedAt } = event;
  const erased: Moment[] = erasedAt === null ? [] : [{ kind: "erased", key: "erased", at: erasedAt }];
  if (known === null) return erased;
  const { state, duplicates } = known;
  const to = [...new Set(processors.map(({ processor }) => processor))];
  return [
    // When it was dispatched is not kept; it comes before the first attempt in any case.
    { kind: "dispatch", key: "dispatch", at: state === "dispatched" ? receivedAt : null, state, to },
    ...(duplicates !== null && duplicates.count > 0
      ? [{ kind: "duplicates" as const, key: "duplicates", at: duplicates.last, count: duplicates.count }]
      : []),
    ...erased,
  ];
}

function attempts(at: EventAtProcessor): Moment[] {
  const job = toJob(at);
  return at.history.flatMap((run, i) => {
    const next = at.history[i + 1];
    const key = `${at.processor}/${at.id}:${i}`;
    const attempt: Moment = {
      kind: "attempt",
      key,
      at: run.startedAt,
      job,
      run,
      // What came after a death is no next try: somebody replayed it.
      nextAt: run.end === "dead" ? null : next ? next.startedAt : at.runsAt,
      detail: next === undefined && saysTheEnd(at, run) ? at.detail : null,
    };
    const wasReplayed = run.end === "dead" && (next !== undefined || !saysTheEnd(at, run));
    // When is kept in the audit only; the next run starts soon after.
    return wasReplayed
      ? [attempt, { kind: "replayed", key: `${key}:replayed`, at: next?.startedAt ?? null, job }]
      : [attempt];
  });
}

function ends(at: EventAtProcessor): Moment[] {
  const job = toJob(at);
  const last = at.history.at(-1);
  const key = `${at.processor}/${at.id}`;
  const discarded: Moment[] = at.discarded
    ? [{ kind: "discarded", key: `${key}:discarded`, job, ...at.discarded }]
    : [];
  if (at.endedAt === null || (last !== undefined && saysTheEnd(at, last))) return discarded;
  return [
    ...discarded,
    {
      kind: "ended",
      key: `${key}:end`,
      at: at.endedAt,
      job,
      state: at.state === "discarded" ? "dead" : at.state,
      detail: at.detail,
    },
  ];
}

/** Whether a run tells of the job's end, which then needs no moment of its own. */
function saysTheEnd({ state }: EventAtProcessor, { end }: RunEntry): boolean {
  // A discarded one died before.
  return end === (state === "discarded" ? "dead" : state);
}

/** The job's id is the event's, with `~<run>` for a backfill or an edited replay. */
export function toJob({ processor, id, parent }: EventAtProcessor): Job {
  return { processor, run: id.split("~")[1] ?? null, isEdit: parent !== null };
}

/** Whether an error says more than its message. */
export function stackOf({ stack, name, message }: RecordedError): string | null {
  if (stack === undefined) return null;
  const head = `${name}: ${message}`;
  const rest = stack.startsWith(head) ? stack.slice(head.length).trim() : stack.trim();
  return rest === "" ? null : rest;
}
