import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { type InboxEntry, type RawEntry, toEntry } from "./entry.ts";
import { type EventId, toEventId, toStreamId } from "./event-id.ts";
import { scripts } from "./scripts.ts";

/** After so long a dispatcher that still holds an entry is taken for dead. */
export const RECLAIM_AFTER_MS = 60_000;

/** The subscriptions as they were right after the read: processor → its stored subscription. */
export type StoredSubscriptions = ReadonlyMap<string, string>;

export interface Batch {
  readonly entries: readonly InboxEntry[];
  readonly subscriptions: StoredSubscriptions;
}

/**
 * Reads new entries for a dispatcher, which holds them until it acknowledges them or hands them back.
 *
 * @param consumer the dispatcher's own name
 * @param limits `bytes` counts bodies; the entry that passes it is the last one of the batch
 * @returns no entries where there are none, and also as long as there is no subscription at all
 */
export async function readBatch(
  redis: Redis,
  consumer: string,
  limits: { readonly entries: number; readonly bytes: number },
): Promise<Batch> {
  const [entries, subscriptions] = (await scripts.read.runRaw(
    redis,
    [keys.inbox, keys.subscriptions, keys.counts],
    [DISPATCHERS, consumer, limits.entries, limits.bytes],
  )) as [RawEntry[], Buffer[]];
  return { entries: entries.map(toEntry), subscriptions: toMap(subscriptions) };
}

export interface Reclaimed {
  readonly id: EventId;
  /** undefined if it is no longer in the stream; it has been acknowledged then. */
  readonly entry: InboxEntry | undefined;
  /** How often the entry was given to a dispatcher, this time included. */
  readonly deliveries: number;
  readonly subscriptions: StoredSubscriptions;
}

/**
 * Takes over one entry whose dispatcher has held it for over `RECLAIM_AFTER_MS`.
 *
 * @returns undefined if there is none
 */
export async function reclaimOne(
  redis: Redis,
  consumer: string,
  heldForMs: number = RECLAIM_AFTER_MS,
): Promise<Reclaimed | undefined> {
  const reply = (await scripts.reclaim.runRaw(
    redis,
    [keys.inbox, keys.subscriptions],
    [DISPATCHERS, consumer, heldForMs],
  )) as [] | [RawEntry | [Buffer], number, Buffer[]];
  if (reply.length === 0) return undefined;
  const [raw, deliveries, subscriptions] = reply;
  const entry = raw.length === 2 ? toEntry(raw) : undefined;
  return { id: toEventId(String(raw[0])), entry, deliveries, subscriptions: toMap(subscriptions) };
}

/** Gives entries back, so that any dispatcher may take them at once and nothing counts against them. */
export async function handBack(redis: Redis, consumer: string, ids: readonly EventId[]): Promise<void> {
  if (ids.length === 0) return;
  const streamIds = ids.map((id) => toStreamId(id) ?? id);
  await scripts.handBack.run(redis, [keys.inbox], [DISPATCHERS, consumer, RECLAIM_AFTER_MS, ...streamIds]);
}

/**
 * Says that entries are dispatched: every one of their jobs is in its queue.
 *
 * @param unsubscribed how many of them no processor wanted
 */
export async function acknowledge(
  redis: Redis,
  ids: readonly EventId[],
  unsubscribed: number,
): Promise<void> {
  if (ids.length === 0) return;
  const streamIds = ids.map((id) => toStreamId(id) ?? id);
  await scripts.acknowledge.run(redis, [keys.inbox, keys.counts], [DISPATCHERS, unsubscribed, ...streamIds]);
}

/**
 * What Redis has given to a dispatcher and not had acknowledged, oldest first. It can be more than the dispatcher
 * knows of: the reply to its read may have been lost.
 *
 * @returns at most 1,000 ids
 */
export async function heldEntries(redis: Redis, consumer: string): Promise<readonly EventId[]> {
  const pending = (await redis.xpending(keys.inbox, DISPATCHERS, "-", "+", 1_000, consumer)) as [string][];
  return pending.map(([id]) => toEventId(id));
}

/** Ends a dispatcher's registration, unless it still holds entries: those wait to be reclaimed. */
export async function removeConsumer(redis: Redis, consumer: string): Promise<boolean> {
  return (await scripts.removeConsumer.run(redis, [keys.inbox], [DISPATCHERS, consumer])) === 1;
}

function toMap(flat: readonly Buffer[]): StoredSubscriptions {
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < flat.length; i += 2) map.set(String(flat[i]), String(flat[i + 1]));
  return map;
}
