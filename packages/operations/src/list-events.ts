import { listEntries, toStreamId } from "@misskeep/inbox";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { type EventSummary, readEntry } from "./event-summary.ts";

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
  /** How many to look at for ones of the type. @default 5,000 */
  readonly scan?: number;
}

/** Entries come with their bodies, of up to some megabytes each. */
const ENTRIES_PER_READ = 50;

/**
 * A page of the inbox.
 *
 * @throws OperationError `INVALID_EVENT_ID` if `before` is none
 */
export async function listEvents(
  { redis }: Pick<Context, "redis">,
  { limit, before, type, scan = 5_000 }: ListEventsOptions,
): Promise<EventPage> {
  if (before !== undefined) requireEventId(before);
  const events: EventSummary[] = [];
  const most = type === undefined ? limit : scan;
  let scanned = 0;
  let last = before;
  while (scanned < most) {
    const wanted = Math.min(ENTRIES_PER_READ, most - scanned);
    const entries = await listEntries(redis, { limit: wanted, before: last });
    for (const entry of entries) {
      scanned += 1;
      last = entry.id;
      const { summary } = readEntry(entry);
      if (type === undefined || summary.type === type) events.push(summary);
      if (events.length === limit) return { events, scanned, next: last };
    }
    if (entries.length < wanted) return { events, scanned, next: null };
  }
  return { events, scanned, next: last ?? null };
}

/** @throws OperationError `INVALID_EVENT_ID` */
export function requireEventId(text: string): void {
  if (toStreamId(text) !== undefined) return;
  throw new OperationError(
    "INVALID_EVENT_ID",
    `"${text.slice(0, 64)}" is no event id; they look like 0-1795485891939-0.`,
  );
}
