import { QUARANTINE } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import { listRemoved } from "../remove-subscription.ts";
import { listSubscriptions } from "../subscriptions.ts";
import { reconcileDeadIndex } from "./reconcile.ts";

/** A little less than the time between two looks, so that the next worker's look finds it gone. */
const LOCK_MS = 25_000;
const FULL_EVERY_MS = 600_000;

/**
 * Mends the index of every processor's dead letters: what a crash left out, and once in ten minutes what only a
 * comparison of all letters shows. All workers call it; one of them does it.
 */
export async function tidyDeadIndex(redis: Redis): Promise<void> {
  if ((await redis.set(keys.lock("dead-index"), "1", "PX", LOCK_MS, "NX")) === null) return;
  const full = (await redis.set(keys.lock("dead-index-full"), "1", "PX", FULL_EVERY_MS, "NX")) !== null;
  const [subscriptions, removed] = await Promise.all([listSubscriptions(redis), listRemoved(redis)]);
  for (const name of new Set([...subscriptions.keys(), ...removed.keys(), QUARANTINE]))
    await reconcileDeadIndex(redis, name, { full });
}
