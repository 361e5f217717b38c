import { type InboxEntry, listEntries, toStreamId } from "@misskeep/inbox";
import { peopleOf, readHandle } from "@misskeep/schema";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { type EventSummary, type ReadEvent, readEntry } from "./event-summary.ts";

export interface EventPage {
  /** Newest first. */
  readonly events: readonly EventSummary[];
  /** How many were looked at to find these. */
  readonly scanned: number;
  /** Pass it as `before` for the next page; null where the inbox ends. */
  readonly next: string | null;
}

export interface ListEventsOptions {
  readonly limit: number;
  /** Only events older than this one. */
  readonly before?: string | undefined;
  readonly type?: string | undefined;
  readonly hook?: string | undefined;
  /** `@alice@example.tld`, with or without the first `@`; whoever takes part in the event. */
  readonly person?: string | undefined;
  /** Only what was received at this time or later, ms since 1970. */
  readonly from?: number | undefined;
  /** Only what was received before this time, ms since 1970. */
  readonly to?: number | undefined;
  /** How many to look at for ones that meet the conditions. @default 5,000 */
  readonly scan?: number | undefined;
}

const ENTRIES_PER_READ = 50;

/**
 * A page of the inbox. With conditions a page may hold fewer events than the limit, even none, and still have a next
 * one: `scan` bounds how many are looked at.
 *
 * @throws OperationError `INVALID_EVENT_ID` if `before` is none; `INVALID_FILTER`
 */
export async function listEvents(
  { redis }: Pick<Context, "redis">,
  options: ListEventsOptions,
): Promise<EventPage> {
  const { limit, before, from, to, scan = 5_000 } = options;
  if (before !== undefined) requireEventId(before);
  const isMeant = conditionOf(options);
  const events: EventSummary[] = [];
  const most = isMeant ? scan : limit;
  let scanned = 0;
  let last = before;
  while (scanned < most) {
    const wanted = Math.min(ENTRIES_PER_READ, most - scanned);
    const entries = await listEntries(redis, { limit: wanted, before: last, from, to });
    for (const entry of entries) {
      scanned += 1;
      last = entry.id;
      const read = readEntry(entry);
      if (!isMeant || isMeant(read, entry)) events.push(read.summary);
      if (events.length === limit) return { events, scanned, next: last };
    }
    if (entries.length < wanted) return { events, scanned, next: null };
  }
  return { events, scanned, next: last ?? null };
}

/** @returns undefined where every event is meant */
function conditionOf({
  type,
  hook,
  person,
  from,
  to,
}: ListEventsOptions): ((read: ReadEvent, entry: InboxEntry) => boolean) | undefined {
  if ((from ?? 0) > (to ?? Infinity))
    throw new OperationError("INVALID_FILTER", "The time begins after it ends.");
  const handle = person === undefined ? undefined : readHandle(person);
  if (person !== undefined && handle === undefined)
    throw new OperationError(
      "INVALID_FILTER",
      "A person is named like @alice@example.tld, or @alice for a user of the server itself.",
    );
  if (type === undefined && hook === undefined && handle === undefined) return undefined;
  return ({ summary, json }, { meta }) =>
    (type === undefined || summary.type === type) &&
    (hook === undefined || summary.hook === hook) &&
    (handle === undefined || peopleOf(json, meta.host).includes(handle));
}

/** @throws OperationError `INVALID_EVENT_ID` */
export function requireEventId(text: string): void {
  if (toStreamId(text) !== undefined) return;
  throw new OperationError(
    "INVALID_EVENT_ID",
    `"${text.slice(0, 64)}" is no event id; they look like 0-1795485891939-0.`,
  );
}
