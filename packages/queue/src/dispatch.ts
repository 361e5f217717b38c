import { acknowledge, type InboxEntry, RECLAIM_AFTER_MS, type StoredSubscriptions } from "@misskeep/inbox";
import { QUARANTINE } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { toJobFacts } from "./event-job.ts";
import type { NewJob } from "./event-queue.ts";
import { writeJsonJob, writeUnparsedJob } from "./job-data.ts";
import { marks } from "./marks.ts";
import type { Queues } from "./queues.ts";
import { type Route, route } from "./route.ts";
import { parseSubscription } from "./subscriptions.ts";

/** Entries that a dispatcher holds. */
export interface HeldBatch {
  readonly entries: readonly InboxEntry[];
  readonly subscriptions: StoredSubscriptions;
  /** When the read was sent, by the monotonic clock, ms. */
  readonly heldSince: number;
  /** Set for an entry that keeps stopping its dispatcher: it goes to quarantine unread. */
  readonly quarantine?: string;
}

export interface Dispatched {
  /** Jobs added, by queue. */
  readonly jobs: ReadonlyMap<string, number>;
  readonly unsubscribed: number;
}

/** Held for longer, someone else may soon take the batch over: too late to add its jobs. */
const TOO_LONG_MS = RECLAIM_AFTER_MS / 2;

class HeldTooLong extends Error {
  override readonly name = "HeldTooLong";
  readonly code = "HELD_TOO_LONG";
}

/**
 * Turns held events into jobs and acknowledges them: only when every job is in its queue, since they are added
 * in a pipeline that may add a part. Doing it twice adds nothing twice: a job's id is its event's.
 *
 * @param now the monotonic clock, ms
 * @throws HeldTooLong, with nothing added, or what Redis throws: then some jobs may be in, and nothing is
 *   acknowledged
 */
export async function dispatch(
  deps: { readonly redis: Redis; readonly queues: Queues; readonly now: () => number },
  { entries, subscriptions, heldSince, quarantine }: HeldBatch,
): Promise<Dispatched> {
  const wishes = new Map([...subscriptions].map(([name, stored]) => [name, parseSubscription(stored)]));
  const jobs = new Map<string, NewJob[]>();
  let unsubscribed = 0;
  for (const entry of entries) {
    const { queues, reason, text }: Route = quarantine
      ? { queues: [QUARANTINE], reason: quarantine }
      : route(entry, wishes);
    if (queues.length === 0) {
      unsubscribed += 1;
      continue;
    }
    const facts = toJobFacts(entry, reason);
    const data = text === undefined ? writeUnparsedJob(facts, entry.body) : writeJsonJob(facts, text);
    for (const queue of queues) {
      const list = jobs.get(queue) ?? [];
      jobs.set(queue, list);
      list.push({ id: entry.id, data });
    }
  }
  if (deps.now() - heldSince > TOO_LONG_MS) throw new HeldTooLong("The batch was held too long.");
  await Promise.all([...jobs].map(([queue, list]) => deps.queues.get(queue).addEvents(list)));
  const ids = entries.map((entry) => entry.id);
  marks.dispatched.publish({ ids });
  await acknowledge(deps.redis, ids, unsubscribed);
  return { jobs: new Map([...jobs].map(([queue, list]) => [queue, list.length])), unsubscribed };
}
