import { type InboxLimits, removeConsumer, trim } from "@misskeep/inbox";
import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { tidyDeadIndex } from "./dead-index/tidy.ts";
import { tidyDiscarded } from "./purge-discarded.ts";

const EVERY_MS = 30_000;
/** A dispatcher that has not called for so long is gone. */
const GONE_AFTER_MS = 3_600_000;

/**
 * Trims the inbox and ends the registrations of dispatchers that are gone and hold nothing.
 *
 * @param goneAfterMs after so long without a call a dispatcher is gone
 */
export async function tidy(
  redis: Redis,
  limits: InboxLimits,
  goneAfterMs: number = GONE_AFTER_MS,
): Promise<void> {
  await trim(redis, limits);
  const consumers = (await redis.xinfo("CONSUMERS", keys.inbox, DISPATCHERS)) as unknown[][];
  for (const consumer of consumers) {
    const field = (name: string): unknown => consumer[consumer.indexOf(name) + 1];
    if (Number(field("idle")) > goneAfterMs) await removeConsumer(redis, String(field("name")));
  }
}

/**
 * Tidies up every 30 s. Every worker does; each step may be done by several at once.
 *
 * @returns a function that stops
 */
export function keepTidy(redis: Redis, limits: InboxLimits, onError: (error: Error) => void): () => void {
  // Each for itself: one that fails must not keep the next from its turn for ever.
  const chores = [() => tidy(redis, limits), () => tidyDeadIndex(redis), () => tidyDiscarded(redis)];
  const timer = setInterval(() => {
    for (const chore of chores) void chore().catch(onError);
  }, EVERY_MS);
  return () => clearInterval(timer);
}
