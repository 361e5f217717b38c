import { covers } from "@misskeep/processor";
import { type BackfillScope, listSubscriptions, pageOfBackfill } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import type { Context } from "../context.ts";
import { byCount, type Census } from "./census.ts";

/** So many of the inbox' entries are looked at. */
const MOST = 200_000;
/** Entries come with their bodies. */
const AT_ONCE = 50;

/** Counts the events of the inbox that a backfill means. */
export async function countBackfill(
  { redis }: Context,
  scope: BackfillScope,
  until: number,
): Promise<Census> {
  const { processor } = scope;
  const subscription = (await listSubscriptions(redis)).get(processor);
  const ids: string[] = [];
  const types = new Map<string | null, number>();
  let [oldest, newest] = [Infinity, -Infinity];
  let alreadyThere = 0;
  let scanned = 0;
  let cursor: string | undefined;
  do {
    const { events, next, ...page } = await pageOfBackfill(redis, scope, until, cursor, AT_ONCE);
    const jobs = await Promise.all(events.map(({ id }) => redis.exists(keys.queue(processor, id))));
    for (const [i, event] of events.entries()) {
      ids.push(event.id);
      types.set(event.type, (types.get(event.type) ?? 0) + 1);
      oldest = Math.min(oldest, event.receivedAt);
      newest = Math.max(newest, event.receivedAt);
      // A job that ended well goes after a day; what the dispatcher has given since the registration, it gave.
      const given =
        subscription !== undefined &&
        event.acceptedAt > subscription.since &&
        subscription.any.some((each) => covers(each, event));
      if (jobs[i] === 1 || given) alreadyThere += 1;
    }
    scanned += page.scanned;
    cursor = next;
  } while (cursor !== undefined && scanned < MOST);
  return {
    ids,
    total: ids.length,
    complete: cursor === undefined,
    byType: byCount(types),
    oldestReceivedAt: ids.length === 0 ? null : oldest,
    newestReceivedAt: ids.length === 0 ? null : newest,
    alreadyThere,
  };
}
