import { keys, type Redis } from "@misskeep/redis";
import { markKeys } from "./index-keys.ts";

/**
 * Drops the index of a processor's dead letters, in steps of some hundred keys; what people said of groups stays.
 * Looks for the keys instead of believing the index, so that a damaged one goes as well.
 */
export async function dropDeadIndex(redis: Redis, processor: string): Promise<void> {
  const kept: ReadonlySet<string> = new Set(Object.values(markKeys).map((key) => key(processor)));
  let cursor = "0";
  do {
    const [next, found] = await redis.scan(cursor, "MATCH", keys.dead(processor, "*"), "COUNT", 500);
    const dropped = found.filter((key) => !kept.has(key));
    // Frees the memory in the background, however large a set is.
    if (dropped.length > 0) await redis.unlink(...dropped);
    cursor = next;
  } while (cursor !== "0");
}
