import { listEntries, readRemembered } from "@misskeep/inbox";
import { type DurabilityReport, keys, type Redis } from "@misskeep/redis";
import { readPoints, SPANS } from "@misskeep/series";
import { measureKey } from "../memory-owners.ts";
import { type Finding, ok, toMiB, warn } from "./finding.ts";

const DAY_MS = 86_400_000;
/** Less says little about a day. */
const ENOUGH_MS = 3_600_000;
/** Of `maxmemory`: the inbox, the jobs and the dead letters need the rest. */
const MUCH = 0.4;

/**
 * What the idempotency window will cost at the present rate: each accepted event's key is kept so long.
 *
 * @param now ms since 1970, by Redis' clock
 */
export async function checkWindow(
  redis: Redis,
  { maxMemory }: Pick<DurabilityReport, "maxMemory">,
  now: number,
): Promise<readonly Finding[]> {
  const [windowMs, perDay, bytesPerKey] = await Promise.all([
    findWindow(redis, now),
    acceptedPerDay(redis, now),
    measureKey(redis),
  ]);
  if (windowMs === undefined) return [];
  const days = (windowMs / DAY_MS).toFixed(1).replace(/\.0$/, "");
  if (perDay === undefined) {
    const message = `What the window of ${days} days will cost is not known yet: it takes an hour's figures.`;
    return [ok("window", message)];
  }
  const count = Math.round((perDay * windowMs) / DAY_MS);
  const bytes = count * bytesPerKey;
  const message = `At ${Math.round(perDay)} events a day the window of ${days} days holds ${count} keys, about ${toMiB(bytes)}.`;
  return maxMemory > 0 && bytes > maxMemory * MUCH
    ? [
        warn(
          "window",
          `${message} That is ${Math.round((100 * bytes) / maxMemory)} % of \`maxmemory\`.`,
          "Raise `maxmemory`, or lower IDEMPOTENCY_WINDOW: what is resent after it is handled again.",
        ),
      ]
    : [ok("window", message)];
}

/** The window that ingest really uses, ms, by the newest event's key. @returns undefined without any event */
async function findWindow(redis: Redis, now: number): Promise<number | undefined> {
  const [newest] = await listEntries(redis, { limit: 1 });
  if (newest === undefined) return undefined;
  const key = keys.seen(newest.key);
  const [value, left] = await Promise.all([redis.get(key), redis.pttl(key)]);
  const remembered = value === null ? undefined : readRemembered(value);
  if (remembered === undefined || left < 0) return undefined;
  // It runs anew from each duplicate on.
  const since = Math.max(Number(remembered.id.split("-")[1]), remembered.lastDuplicateAt ?? 0);
  return left + Math.max(now - since, 0);
}

/** By the last day, or what there is of it. @returns undefined below an hour */
async function acceptedPerDay(redis: Redis, now: number): Promise<number | undefined> {
  const counts = (await readPoints(redis, "day", now)).flatMap(({ accepted }) => accepted ?? []);
  const covered = counts.length * SPANS.day.stepMs;
  if (covered < ENOUGH_MS) return undefined;
  return (counts.reduce((sum, count) => sum + count, 0) * DAY_MS) / covered;
}
