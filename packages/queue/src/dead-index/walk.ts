import type { Redis } from "@misskeep/redis";

/** A place in a sorted set: right behind this member. */
export interface Place {
  readonly score: number;
  readonly id: string;
}

export interface WalkOptions {
  /** Both inclusive. @default all */
  readonly least?: number;
  readonly most?: number;
  /** From the highest score down. */
  readonly descending: boolean;
  readonly after?: Place | undefined;
  /** Members that are read at once. */
  readonly chunk: number;
}

/** So many take Redis well under a millisecond. */
export const CHUNK = 500;

/**
 * The next members of a sorted set in its order, by score and then by name. Members that come and go meanwhile
 * move nothing: a place is named by its member, which need not be there any more.
 *
 * @returns at most a chunk, and whether nothing follows
 */
export async function nextMembers(
  redis: Redis,
  key: string,
  { least = -Infinity, most = Infinity, descending, after, chunk }: WalkOptions,
): Promise<{ readonly members: readonly Place[]; readonly ended: boolean }> {
  const low = !descending && after ? Math.max(least, after.score) : least;
  const high = descending && after ? Math.min(most, after.score) : most;
  // Only members with the place's own score can lie before it; there are few, as scores are moments.
  for (let offset = 0; ; offset += chunk) {
    const flat = descending
      ? await redis.zrevrangebyscore(key, bound(high), bound(low), "WITHSCORES", "LIMIT", offset, chunk)
      : await redis.zrangebyscore(key, bound(low), bound(high), "WITHSCORES", "LIMIT", offset, chunk);
    const members: Place[] = [];
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const member = { id: flat[i] ?? "", score: Number(flat[i + 1]) };
      if (!after || isAfter(member, after, descending)) members.push(member);
    }
    const ended = flat.length < 2 * chunk;
    if (members.length > 0 || ended) return { members, ended };
  }
}

/** Walks a whole sorted set. */
export async function* walk(
  redis: Redis,
  key: string,
  options: Partial<WalkOptions> = {},
): AsyncGenerator<readonly Place[]> {
  let { after } = options;
  for (;;) {
    const { members, ended } = await nextMembers(redis, key, {
      descending: false,
      chunk: CHUNK,
      ...options,
      after,
    });
    if (members.length > 0) yield members;
    if (ended) return;
    after = members.at(-1);
  }
}

/** Whether a member comes after a place. Job ids are ASCII, so Redis and JavaScript order them alike. */
export function isAfter(member: Place, place: Place, descending: boolean): boolean {
  if (member.score !== place.score) return member.score < place.score === descending;
  return member.id !== place.id && member.id < place.id === descending;
}

function bound(score: number): string {
  if (score === Infinity) return "+inf";
  return score === -Infinity ? "-inf" : String(score);
}
