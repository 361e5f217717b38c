import { keys, type Redis } from "@misskeep/redis";

/** A request that ingest turned away. Misskey does not send it again after a 4xx. */
export interface Refusal {
  /** ms since 1970 */
  readonly at: number;
  readonly reason: RefusalReason;
  readonly hookId?: string;
  readonly host?: string;
}

export type RefusalReason = "wrong-secret" | "no-secret" | "too-large";

const KEPT = 100;

/**
 * Counts refusals and keeps the last 100. Holds neither body nor secret.
 *
 * @param newest newest first; at most 100 are kept
 * @param counts how many of each reason there were, those that are not in `newest` included
 */
export async function recordRefusals(
  redis: Redis,
  newest: readonly Refusal[],
  counts: ReadonlyMap<RefusalReason, number>,
): Promise<void> {
  const transaction = redis.multi();
  const kept = newest.slice(0, KEPT).map((refusal) => JSON.stringify(refusal));
  if (kept.length > 0)
    transaction.lpush(keys.refusals, ...kept.toReversed()).ltrim(keys.refusals, 0, KEPT - 1);
  for (const [reason, count] of counts) transaction.hincrby(keys.refused, reason, count);
  const replies = await transaction.exec();
  for (const [error] of replies ?? []) if (error) throw error;
}

export interface Refusals {
  /** Newest first, at most 100. */
  readonly last: readonly Refusal[];
  /** Since Redis was empty. */
  readonly counts: Readonly<Record<string, number>>;
}

export async function listRefusals(redis: Redis): Promise<Refusals> {
  const [last, counts] = await Promise.all([
    redis.lrange(keys.refusals, 0, KEPT - 1),
    redis.hgetall(keys.refused),
  ]);
  return {
    last: last.map((text) => JSON.parse(text) as Refusal),
    counts: Object.fromEntries(Object.entries(counts).map(([reason, count]) => [reason, Number(count)])),
  };
}
