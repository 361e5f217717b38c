import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";

/**
 * Creates the dispatchers' consumer group if it is not there, from the very first entry on, whichever app
 * comes first: entries that ingest accepts before the first worker starts are dispatched too.
 */
export async function ensureGroup(redis: Redis): Promise<void> {
  try {
    await redis.xgroup("CREATE", keys.inbox, DISPATCHERS, "0", "MKSTREAM");
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("BUSYGROUP")) return;
    // A full Redis refuses the command before it looks; workers that start then are needed to empty it.
    if (await groupExists(redis)) return;
    throw error;
  }
}

async function groupExists(redis: Redis): Promise<boolean> {
  try {
    const groups = (await redis.xinfo("GROUPS", keys.inbox)) as unknown[][];
    return groups.some((group) => group[group.indexOf("name") + 1] === DISPATCHERS);
  } catch {
    return false;
  }
}
