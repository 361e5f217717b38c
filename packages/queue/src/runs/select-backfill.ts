import { type InboxEntry, listEntries, toEventId, toStreamId } from "@misskeep/inbox";
import { covers, type Subscription } from "@misskeep/processor";
import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { eventTypeOf } from "@misskeep/schema";
import { parseJson } from "../event-job.ts";
import { route } from "../route.ts";
import { listSubscriptions } from "../subscriptions.ts";
import type { RunScope } from "./run.ts";

export type BackfillScope = Extract<RunScope, { kind: "backfill" }>;

/** An event that a backfill means. */
export interface BackfillEvent {
  readonly id: string;
  readonly receivedAt: number;
  /** When it came into the inbox, ms since 1970. */
  readonly acceptedAt: number;
  readonly type: string;
  readonly hook: string;
}

export interface BackfillPage {
  readonly events: readonly BackfillEvent[];
  readonly scanned: number;
  /** The last entry that was looked at; undefined at the end. */
  readonly next: string | undefined;
}

/**
 * A page of the inbox' events that a backfill means, oldest first: received within its time, of its types and hook.
 *
 * | not meant | since |
 * |---|---|
 * | what goes to quarantine | no processor gets that, least of all what breaks its hook's pin |
 * | what is not dispatched yet and the processor wants | it gets that anyway |
 * | what came into the inbox after `until` | the plan did not count it |
 *
 * @param until ms since 1970
 * @param limit how many entries to look at
 */
export async function pageOfBackfill(
  redis: Redis,
  scope: BackfillScope,
  until: number,
  cursor: string | undefined,
  limit: number,
): Promise<BackfillPage> {
  const [entries, subscriptions] = await Promise.all([
    listEntries(redis, {
      limit,
      order: "oldest",
      from: scope.from,
      // Its `to` is exclusive.
      to: scope.to + 1,
      after: cursor,
      before: toEventId(`${until + 1}-0`),
    }),
    listSubscriptions(redis),
  ]);
  const wanted = subscriptions.get(scope.processor)?.any ?? [];
  const waiting = await findUndispatched(redis, entries);
  const asked = (event: { type: string; hook: string }): boolean =>
    (scope.types === undefined ? wants(wanted, event) : covers({ on: scope.types }, event)) &&
    (scope.hook === undefined || scope.hook === event.hook);
  const events = entries.flatMap((entry) => {
    const event = toBackfillEvent(entry);
    if (!event || !asked(event) || (waiting.has(entry.id) && wants(wanted, event))) return [];
    return [event];
  });
  return {
    events,
    scanned: entries.length,
    next: entries.length < limit ? undefined : entries.at(-1)?.id,
  };
}

function wants(any: readonly Subscription[], event: { type: string; hook: string }): boolean {
  return any.some((subscription) => covers(subscription, event));
}

/** @returns undefined for what a dispatcher would send to quarantine */
function toBackfillEvent(entry: InboxEntry): BackfillEvent | undefined {
  if (route(entry, new Map()).reason !== undefined) return undefined;
  const type = eventTypeOf(parseJson(entry.body.toString("utf8")));
  if (type === undefined) return undefined;
  const { id, receivedAt, hook } = entry;
  return { id, receivedAt, acceptedAt: Number(toStreamId(id)?.split("-")[0]), type, hook };
}

/** Those of the entries, oldest first, that are not dispatched yet. */
async function findUndispatched(redis: Redis, entries: readonly InboxEntry[]): Promise<ReadonlySet<string>> {
  const [first, last] = [entries[0], entries.at(-1)].map((entry) => entry && toStreamId(entry.id));
  if (first === undefined || last === undefined) return new Set();
  const groups = (await redis.xinfo("GROUPS", keys.inbox)) as unknown[][];
  const field = (flat: readonly unknown[], name: string): string => String(flat[flat.indexOf(name) + 1]);
  const group = groups.find((each) => field(each, "name") === DISPATCHERS);
  if (!group) return new Set(entries.map(({ id }) => id));
  const pending = (await redis.xpending(keys.inbox, DISPATCHERS, first, last, 10_000)) as [string][];
  const delivered = field(group, "last-delivered-id");
  const unread = entries.filter(({ id }) => isAfter(toStreamId(id) ?? "", delivered));
  return new Set([...pending.map(([id]) => toEventId(id)), ...unread.map(({ id }) => id)]);
}

function isAfter(a: string, b: string): boolean {
  const [ms = 0, seq = 0] = a.split("-").map(Number);
  const [otherMs = 0, otherSeq = 0] = b.split("-").map(Number);
  return ms > otherMs || (ms === otherMs && seq > otherSeq);
}
