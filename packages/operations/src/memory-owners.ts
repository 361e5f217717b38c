import { listEntries } from "@misskeep/inbox";
import { type JobMemory, measureJobs } from "@misskeep/queue";
import { keys, type Redis } from "@misskeep/redis";
import { measureSeries } from "@misskeep/series";
import type { Context } from "./context.ts";
import type { Status } from "./status.ts";

/**
 * | owner | holds |
 * |---|---|
 * | `inbox` | the stream of events |
 * | `waiting` | jobs that wait, or wait for their next attempt |
 * | `ended` | jobs that ended well; kept for a day |
 * | `dead` | dead letters, and their index |
 * | `discarded` | discarded dead letters; kept for 7 days |
 * | `keys` | idempotency keys, kept for the window, and what `once` remembers |
 * | `series` | these figures over time |
 * | `rest` | Redis itself, connections, and whatever else |
 */
export interface MemoryOwner {
  readonly what: "inbox" | "waiting" | "ended" | "dead" | "discarded" | "keys" | "series" | "rest";
  /** Estimated from samples. */
  readonly bytes: number;
}

/** An expiring key's place among those that expire, bytes; MEMORY USAGE does not count it. */
const EXPIRY_BYTES = 40;
const CACHED_S = 30;
/** Beside the series' keys, which it is no step of. */
const CACHE = keys.series("owners", 0);

/**
 * Who takes Redis' memory, the largest first. Looked at every 30 s at most, for all who ask: it takes some dozens of
 * calls a processor. Nobody where the server forbids MEMORY USAGE.
 */
export async function findMemoryOwners(
  context: Context,
  found: Pick<Status, "processors" | "inbox" | "redis">,
): Promise<readonly MemoryOwner[]> {
  const { redis } = context;
  const cached = await redis.get(CACHE);
  if (cached !== null) return JSON.parse(cached) as MemoryOwner[];
  const owners = await measure(redis, found).catch(unlessForbidden<readonly MemoryOwner[]>([]));
  // A full Redis does not take it; the next one looks again.
  await redis.set(CACHE, JSON.stringify(owners), "EX", CACHED_S).catch(() => undefined);
  return owners;
}

async function measure(
  redis: Redis,
  { processors, inbox, redis: { usedMemory } }: Pick<Status, "processors" | "inbox" | "redis">,
): Promise<readonly MemoryOwner[]> {
  const jobs = await Promise.all(processors.map(({ name }) => measureJobs(redis, name)));
  const sum = (of: keyof JobMemory): number => jobs.reduce((total, each) => total + each[of], 0);
  const [stream, series, keyBytes] = await Promise.all([
    redis.memory("USAGE", keys.inbox, "SAMPLES", 5),
    measureSeries(redis),
    measureKeys(redis, inbox.accepted, sum("jobs")),
  ]);
  const owners: MemoryOwner[] = [
    { what: "inbox", bytes: stream ?? 0 },
    { what: "waiting", bytes: sum("waiting") },
    { what: "ended", bytes: sum("ended") },
    { what: "dead", bytes: sum("dead") },
    { what: "discarded", bytes: sum("discarded") },
    { what: "keys", bytes: keyBytes },
    { what: "series", bytes: series },
  ];
  const known = owners.reduce((total, { bytes }) => total + bytes, 0);
  owners.push({ what: "rest", bytes: Math.max(usedMemory - known, 0) });
  return owners.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
}

/** Nobody counts idempotency keys: they are what is left of all keys without the jobs, and no more than were accepted. */
async function measureKeys(redis: Redis, accepted: number, jobs: number): Promise<number> {
  const [all, bytes] = await Promise.all([redis.dbsize(), measureKey(redis)]);
  return Math.round(Math.min(accepted, Math.max(all - jobs, 0)) * bytes);
}

/** What one idempotency key takes, bytes, by the newest event's. */
export async function measureKey(redis: Redis): Promise<number> {
  const [newest] = await listEntries(redis, { limit: 1 });
  const bytes = newest && (await redis.memory("USAGE", keys.seen(newest.key)).catch(unlessForbidden(null)));
  return (bytes ?? USUAL_KEY_BYTES) + EXPIRY_BYTES;
}

/** As measured on Redis 7.0, without its place among those that expire. */
const USUAL_KEY_BYTES = 152;

/** NOPERM (an ACL) and "unknown command" (a managed server that renamed it) both mean: forbidden. */
function unlessForbidden<Result>(instead: Result): (error: unknown) => Result {
  return (error) => {
    if (error instanceof Error && /NOPERM|unknown command|not allowed/i.test(error.message)) return instead;
    throw error;
  };
}
