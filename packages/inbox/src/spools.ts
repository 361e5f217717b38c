import { keys, type Redis } from "@misskeep/redis";

/** What an ingest says of its spool, once Redis is back. Times are ms since 1970. */
export interface SpoolReport {
  /** Of the folder; several ingests may share one. */
  readonly id: string;
  readonly at: number;
  /** Of the ingest that reported. */
  readonly host: string;
  /** Events that Redis does not have yet. */
  readonly files: number;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly oldestReceivedAt: number | null;
  /** Files that could not become events. */
  readonly aside: number;
  /** Why nothing can be spooled; null while it can. */
  readonly refusal: string | null;
}

/** After so long without a word, nothing is known of a folder: its machine may be gone for good. */
const FORGET_AFTER_MS = 24 * 3_600_000;
/** A folder with nothing in it, whose ingests are gone, is not worth a word. */
const EMPTY_AFTER_MS = 90_000;

export async function reportSpool(redis: Redis, report: SpoolReport): Promise<void> {
  const replies = await redis
    .multi()
    .hset(keys.spools, report.id, JSON.stringify(report))
    .pexpire(keys.spools, FORGET_AFTER_MS)
    .exec();
  for (const [error] of replies ?? []) if (error) throw error;
}

/**
 * The spools of all ingests, by what each said last.
 *
 * @param now ms since 1970
 */
export async function listSpools(redis: Redis, now: number): Promise<readonly SpoolReport[]> {
  const stored = await redis.hgetall(keys.spools);
  const reports = Object.values(stored).map((text) => JSON.parse(text) as SpoolReport);
  const old = reports.filter(({ at }) => now - at > FORGET_AFTER_MS);
  if (old.length > 0) await redis.hdel(keys.spools, ...old.map(({ id }) => id));
  return reports.filter(
    ({ at, files, aside }) => now - at <= (files + aside > 0 ? FORGET_AFTER_MS : EMPTY_AFTER_MS),
  );
}
