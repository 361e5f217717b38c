import { QUARANTINE } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { listRemoved } from "./remove-subscription.ts";
import { listSubscriptions } from "./subscriptions.ts";

/** Every processor that may have jobs: the registered ones, removed ones, quarantine. */
export async function listKnownProcessors(redis: Redis): Promise<readonly string[]> {
  const [subscriptions, removed] = await Promise.all([listSubscriptions(redis), listRemoved(redis)]);
  return [...new Set([...subscriptions.keys(), ...removed.keys(), QUARANTINE])];
}
