import type { Redis } from "@misskeep/redis";
import { markKeys } from "./index-keys.ts";

/** What people said of a group. Not derived from anything: dropping the index leaves it. */
export interface GroupMarks {
  readonly resolved: GroupResolution | null;
  /** No alerts about it until then, ms since 1970. */
  readonly mutedUntil: number | null;
}

export interface GroupResolution {
  readonly by: string;
  readonly why: string;
  /** ms since 1970 */
  readonly at: number;
  /**
   * When the last of the letters died that are meant, ms since 1970: one that died later reopens the group. Not
   * `at`, since the clocks of workers tell when letters die, and may differ from that of whoever resolves.
   */
  readonly upTo: number;
}

export async function setGroupResolved(
  redis: Redis,
  processor: string,
  group: string,
  resolution: GroupResolution,
): Promise<void> {
  await redis.hset(markKeys.resolved(processor), group, JSON.stringify(resolution));
}

/** Makes a group open again. */
export async function clearGroupResolved(redis: Redis, processor: string, group: string): Promise<void> {
  await redis.hdel(markKeys.resolved(processor), group);
}

/** @param until ms since 1970; null ends it */
export async function setGroupMuted(
  redis: Redis,
  processor: string,
  group: string,
  until: number | null,
): Promise<void> {
  const key = markKeys.muted(processor);
  await (until === null ? redis.hdel(key, group) : redis.hset(key, group, until));
}

/** @param now ms since 1970: what is muted until an earlier moment no longer is */
export async function readMarks(
  redis: Redis,
  processor: string,
  group: string,
  now: number,
): Promise<GroupMarks> {
  const [resolved, muted] = await Promise.all([
    redis.hget(markKeys.resolved(processor), group),
    redis.hget(markKeys.muted(processor), group),
  ]);
  return {
    resolved: resolved === null ? null : (JSON.parse(resolved) as GroupResolution),
    mutedUntil: muted !== null && Number(muted) > now ? Number(muted) : null,
  };
}
