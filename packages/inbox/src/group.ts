import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";

/**
 * Creates the dispatchers' consumer group if it is not there, from the very first entry on, whichever app
 * comes first: entries that ingest accepts before the first worker starts are dispatched too.
 */
export async function ensureGroup(redis: Redis): Promise<void> {
  try {
    await redis.xgroup("CREATE", keys.inbox, DISPATCHERS, "0", "MKSTREAM");
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("BUSYGROUP"))) throw error;
  }
}
