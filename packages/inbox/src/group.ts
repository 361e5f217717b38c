import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { scripts } from "./scripts.ts";

/**
 * Creates the dispatchers' consumer group if it is not there, from the very first entry on, whichever app
 * comes first: entries that ingest accepts before the first worker starts are dispatched too.
 */
export async function ensureGroup(redis: Redis): Promise<void> {
  await scripts.ensureGroup.run(redis, [keys.inbox, keys.counts], [DISPATCHERS]);
}
