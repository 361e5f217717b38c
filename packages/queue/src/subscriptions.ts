import { keys, type Redis } from "@misskeep/redis";
import { covers, type Subscription } from "@misskeep/processor";

/** What the deployment knows of one processor's wishes. Times are ms since 1970. */
export interface ProcessorSubscription {
  /** First registered: earlier events are a backfill. */
  readonly since: number;
  /** When a worker that runs it was last heard of. */
  readonly seenAt: number;
  /** The event is wanted if any of these covers it. */
  readonly any: readonly Subscription[];
}

/** @param stored as `heartbeat` wrote it */
export function parseSubscription(stored: string): ProcessorSubscription {
  return JSON.parse(stored) as ProcessorSubscription;
}

/** The processors that want an event. */
export function interested(
  subscriptions: ReadonlyMap<string, ProcessorSubscription>,
  event: { readonly type: string; readonly hook: string },
): readonly string[] {
  const names: string[] = [];
  for (const [name, { any }] of subscriptions)
    if (any.some((subscription) => covers(subscription, event))) names.push(name);
  return names;
}

/** Every processor that was ever registered and not removed. */
export async function listSubscriptions(redis: Redis): Promise<ReadonlyMap<string, ProcessorSubscription>> {
  const stored = await redis.hgetall(keys.subscriptions);
  return new Map(Object.entries(stored).map(([name, text]) => [name, parseSubscription(text)]));
}
