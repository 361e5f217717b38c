import { keys, type Redis } from "@misskeep/redis";

/**
 * Waits until the inbox has an entry after the given one. Only a signal: the entry itself is not taken.
 *
 * @param blocking a connection of its own: it stands still meanwhile
 * @param after a stream id
 * @param timeoutMs how long to wait
 */
export async function waitForEntryAfter(blocking: Redis, after: string, timeoutMs: number): Promise<void> {
  await blocking.xread("COUNT", 1, "BLOCK", timeoutMs, "STREAMS", keys.inbox, after);
}

/** The id of the last entry that was ever added, even if it has been removed since. */
export async function lastEntryId(redis: Redis): Promise<string> {
  const info = (await redis.xinfo("STREAM", keys.inbox)) as unknown[];
  return String(info[info.indexOf("last-generated-id") + 1]);
}
