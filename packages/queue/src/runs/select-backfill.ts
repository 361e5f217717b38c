import { findUndispatched, type InboxEntry, listEntries, toEventId, toStreamId } from "@misskeep/inbox";
import { covers, type Subscription } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
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
  const undispatched = await findUndispatched(
    redis,
    entries.map(({ id }) => id),
  );
  const asked = (event: { type: string; hook: string }): boolean =>
    (scope.types === undefined ? wants(wanted, event) : covers({ on: scope.types }, event)) &&
    (scope.hook === undefined || scope.hook === event.hook);
  const events = entries.flatMap((entry) => {
    const event = toBackfillEvent(entry);
    if (!event || !asked(event) || (undispatched.has(entry.id) && wants(wanted, event))) return [];
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
  const routed = route(entry, new Map());
  if (routed.reason !== undefined) return undefined;
  const { type } = routed;
  const { id, receivedAt, hook } = entry;
  return { id, receivedAt, acceptedAt: Number(toStreamId(id)?.split("-")[0]), type, hook };
}
