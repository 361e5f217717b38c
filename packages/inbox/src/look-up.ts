import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { type InboxEntry, type RawEntry, toEntry } from "./entry.ts";
import { type EventId, toStreamId } from "./event-id.ts";
import { readRemembered } from "./remembered.ts";

/** @returns undefined if the inbox does not hold it (any more) */
export async function findEntry(redis: Redis, id: EventId): Promise<InboxEntry | undefined> {
  const streamId = toStreamId(id);
  if (streamId === undefined) return undefined;
  const [raw] = (await redis.xrangeBuffer(keys.inbox, streamId, streamId, "COUNT", 1)) as RawEntry[];
  return raw && toEntry(raw);
}

/** How often and when an event came again. `last` is ms since 1970. */
export interface Duplicates {
  readonly count: number;
  readonly last: number | undefined;
}

/** @returns undefined once the event's window has passed */
export async function findDuplicates(redis: Redis, entry: InboxEntry): Promise<Duplicates | undefined> {
  const value = await redis.get(keys.seen(entry.key));
  const remembered = value === null ? undefined : readRemembered(value);
  // Within another 15 minutes equal bytes are another event under the same key.
  if (remembered?.id !== entry.id) return undefined;
  return { count: remembered.duplicates, last: remembered.lastDuplicateAt };
}

export interface InboxState {
  /** Since Redis was empty. */
  readonly accepted: number;
  readonly duplicates: number;
  /** Dispatched to nobody, since no processor wanted their type. */
  readonly unsubscribed: number;
  /** Held now: entries, and bytes of their bodies. */
  readonly entries: number;
  readonly bytes: number;
  /** Not dispatched yet: not read, or read and not acknowledged. */
  readonly waiting: number;
  /** How far back the inbox reaches, ms since 1970. */
  readonly oldestReceivedAt: number | undefined;
  /** The oldest that is not dispatched, ms since 1970. */
  readonly oldestWaitingAt: number | undefined;
  readonly newest: InboxEntry | undefined;
}

/** What the inbox holds, in a handful of cheap calls. */
export async function inboxState(redis: Redis): Promise<InboxState> {
  if ((await redis.exists(keys.inbox)) === 0) return EMPTY;
  const [counts, stream, groups, pending] = await Promise.all([
    redis.hgetall(keys.counts),
    redis.callBuffer("XINFO", "STREAM", keys.inbox) as Promise<unknown[]>,
    redis.xinfo("GROUPS", keys.inbox) as Promise<unknown[][]>,
    redis.xpending(keys.inbox, DISPATCHERS).catch(nothingWithoutGroup) as Promise<[number, string | null]>,
  ]);
  const { length, "entries-added": added, "first-entry": oldest, "last-entry": newest } = toRecord(stream);
  const entries = Number(length);
  const group = groups.map(toRecord).find((each) => each["name"] === DISPATCHERS);
  const delivered = (group?.["last-delivered-id"] as string | undefined) ?? "0-0";
  const [firstUnread] = (await redis.xrangeBuffer(
    keys.inbox,
    `(${delivered}`,
    "+",
    "COUNT",
    1,
  )) as RawEntry[];
  // Before the group is there, everything waits. What was added and read is asked in two calls, between which more is read.
  const neverRead = group === undefined ? entries : Number(added) - Number(counts["read"] ?? 0);
  const unread = firstUnread ? Math.max(neverRead, 1) : 0;
  const firstWaiting = pending[1] ?? (firstUnread && String(firstUnread[0]));
  return {
    accepted: Number(added),
    duplicates: Number(counts["duplicates"] ?? 0),
    unsubscribed: Number(counts["unsubscribed"] ?? 0),
    entries,
    bytes: Number(counts["bytes"] ?? 0),
    waiting: pending[0] + unread,
    oldestReceivedAt: oldest ? toEntry(oldest as RawEntry).receivedAt : undefined,
    oldestWaitingAt: firstWaiting ? Number(firstWaiting.split("-")[0]) : undefined,
    newest: newest ? toEntry(newest as RawEntry) : undefined,
  };
}

const EMPTY: InboxState = {
  accepted: 0,
  duplicates: 0,
  unsubscribed: 0,
  entries: 0,
  bytes: 0,
  waiting: 0,
  oldestReceivedAt: undefined,
  oldestWaitingAt: undefined,
  newest: undefined,
};

function nothingWithoutGroup(error: Error): [number, null] {
  if (error.message.startsWith("NOGROUP")) return [0, null];
  throw error;
}

function toRecord(flat: readonly unknown[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) record[String(flat[i])] = flat[i + 1];
  return record;
}
