import { keys, loadScript, type Redis } from "@misskeep/redis";

const load = (name: string) => loadScript(new URL(`../lua/${name}.lua`, import.meta.url));
const scripts = { remove: load("remove-subscription"), restore: load("restore-subscription") };

/** A subscription that was taken away, and what it takes to put it back. */
export interface RemovedSubscription {
  /** ms since 1970, by Redis' clock */
  readonly removedAt: number;
  /** Puts it back, unless a worker has meanwhile registered it anew. */
  restore(): Promise<void>;
}

/**
 * Ends a processor's subscription: it gets no more events until a worker that starts later registers it.
 * Says nothing about its jobs, which are in another slot of a cluster: look at them before and after.
 *
 * @returns undefined if there is no such subscription
 */
export async function removeSubscription(
  redis: Redis,
  processor: string,
): Promise<RemovedSubscription | undefined> {
  const both = [keys.subscriptions, keys.removed];
  const reply = (await scripts.remove.run(redis, both, [processor])) as [] | [string, string];
  if (reply.length === 0) return undefined;
  const [removedAt, subscription] = reply;
  return {
    removedAt: Number(removedAt),
    async restore() {
      await scripts.restore.run(redis, both, [processor, removedAt, subscription]);
    },
  };
}

/** The processors that were removed and did not come back, each with when, ms since 1970. */
export async function listRemoved(redis: Redis): Promise<ReadonlyMap<string, number>> {
  const stored = await redis.hgetall(keys.removed);
  return new Map(Object.entries(stored).map(([name, at]) => [name, Number(at)]));
}
