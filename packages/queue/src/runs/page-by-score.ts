import type { Redis } from "@misskeep/redis";

export interface Scored {
  readonly id: string;
  readonly score: number;
}

/**
 * A page of a sorted set by score, then id, lowest first. The page after an entry is the same however many others
 * have left the set meanwhile.
 *
 * @param range.max inclusive
 * @returns an empty page only at the end
 */
export async function pageByScore(
  redis: Redis,
  key: string,
  range: {
    readonly min: number | string;
    readonly max: number | string;
    readonly after?: Scored | undefined;
  },
  limit: number,
): Promise<readonly Scored[]> {
  const { after, max } = range;
  const min = after?.score ?? range.min;
  // Those of the same score up to `after` come again and are passed over.
  for (let offset = 0; ; offset += limit) {
    const flat = await redis.zrangebyscore(key, min, max, "WITHSCORES", "LIMIT", offset, limit);
    const all = toScored(flat);
    const page = all.filter(({ id, score }) => !after || score > after.score || id > after.id);
    if (page.length > 0 || all.length < limit) return page;
  }
}

/** As `pageByScore`, highest first. */
export async function pageByScoreDown(
  redis: Redis,
  key: string,
  before: Scored | undefined,
  limit: number,
): Promise<readonly Scored[]> {
  for (let offset = 0; ; offset += limit) {
    const max = before?.score ?? "+inf";
    const flat = await redis.zrevrangebyscore(key, max, "-inf", "WITHSCORES", "LIMIT", offset, limit);
    const all = toScored(flat);
    const page = all.filter(({ id, score }) => !before || score < before.score || id < before.id);
    if (page.length > 0 || all.length < limit) return page;
  }
}

function toScored(flat: readonly string[]): Scored[] {
  return flat.flatMap((id, i) => (i % 2 === 0 ? [{ id, score: Number(flat[i + 1]) }] : []));
}
