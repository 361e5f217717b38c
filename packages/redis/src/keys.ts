/**
 * Every key name that Misskeep uses in Redis.
 *
 * All keys of one inbox shard carry the hash tag `{0}`, and all keys of one processor's queue the tag
 * `{<processor>}`, so that each script and pipeline stays within one slot of a Redis Cluster.
 *
 * | key | type | holds |
 * |---|---|---|
 * | `misskeep:{0}:inbox` | stream | events, before and for some days after they are dispatched |
 * | `misskeep:{0}:seen:<digest>` | string | an idempotency key: the event id it gave, and its duplicates |
 * | `misskeep:{0}:counts` | hash | accepted, duplicates, bytes held, events that nobody subscribed to |
 * | `misskeep:{0}:refusals` | list | the last 100 refused deliveries |
 * | `misskeep:{0}:refused` | hash | refused deliveries, counted by reason |
 * | `misskeep:{0}:workers` | hash | the heartbeat of each worker |
 * | `misskeep:{0}:subscriptions` | hash | which event types each processor wants |
 * | `misskeep:{0}:removed` | hash | tombstones of processors that were removed |
 * | `misskeep:{<processor>}:once:<digest>` | string | which event already stands for the same thing |
 * | `misskeep:{<processor>}:paused` | string | why a processor is paused, and by whom |
 * | `misskeep:{<processor>}:<processor>:*` | – | BullMQ's keys of the processor's queue |
 */

/** The only shard for now. It is part of every event id, so that more can be added. */
export const SHARD = "0";

const inbox = (name: string): string => `misskeep:{${SHARD}}:${name}`;
const processor = (name: string, rest: string): string => `misskeep:{${name}}:${rest}`;

export const keys = {
  inbox: inbox("inbox"),
  counts: inbox("counts"),
  refusals: inbox("refusals"),
  refused: inbox("refused"),
  workers: inbox("workers"),
  subscriptions: inbox("subscriptions"),
  removed: inbox("removed"),
  /** @param digest an idempotency key */
  seen: (digest: string): string => inbox(`seen:${digest}`),
  once: (name: string, digest: string): string => processor(name, `once:${digest}`),
  paused: (name: string): string => processor(name, "paused"),
  /** BullMQ's `prefix`: it appends `:<queue name>:<its own key>`. */
  queuePrefix: (name: string): string => `misskeep:{${name}}`,
  /** A key of BullMQ's in the processor's queue, such as `failed`, or a job id. */
  queue: (name: string, key: string): string => `misskeep:{${name}}:${name}:${key}`,
} as const;

/** The consumer group through which dispatchers read the inbox. */
export const DISPATCHERS = "dispatchers";
