import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { isAfter } from "./dispatch-state.ts";

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

/** Whether the inbox holds an entry that was not given to any dispatcher yet. @throws Error if there is no inbox */
export async function hasUnread(redis: Redis): Promise<boolean> {
  const groups = (await redis.xinfo("GROUPS", keys.inbox)) as unknown[][];
  const group = groups.find((each) => each[each.indexOf("name") + 1] === DISPATCHERS);
  const delivered = group ? String(group[group.indexOf("last-delivered-id") + 1]) : "0-0";
  return isAfter(await lastEntryId(redis), delivered);
}
