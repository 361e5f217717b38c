import type { Redis } from "@misskeep/redis";
import type { DeadSort } from "../dead-filter.ts";
import { type Conditions, type Match, matchIndexed } from "./conditions.ts";
import { isDescending } from "./position.ts";
import { CHUNK, isAfter, nextMembers, type Place, walk } from "./walk.ts";

/** One processor's letters that meet all conditions but the text, in order, some at a time. */
export interface LetterSource {
  /** How many there are; undefined where only looking at all would tell. */
  readonly matching: number | undefined;
  /** How many were read to begin with, if the first page is what they are read for; the others read them again. */
  readonly readAtFirst: number;
  /**
   * @param after the last place that was looked at
   * @param chunk how many to look at, at most
   */
  next(after: Place | undefined, chunk: number): Promise<SourcePage>;
}

export interface SourcePage {
  readonly matches: readonly Match[];
  /** What was looked at, but for what was read to begin with. */
  readonly looked: readonly Place[];
  /** The last place that was looked at. */
  readonly last: Place | undefined;
  /** Nothing follows. */
  readonly ended: boolean;
}

/** A set so small is read at once, whatever order it has. */
const SMALL = 2_000;

/**
 * Chooses how to find them:
 *
 * | conditions | letters are found by |
 * |---|---|
 * | any, and the smallest set of one holds up to 2,000 | reading that set, asking the others, sorting |
 * | none, or one whose set has the order | walking that set |
 * | several | walking the smallest set that has the order, asking the others |
 */
export async function openSource(
  redis: Redis,
  conditions: Conditions,
  sort: DeadSort,
  small: number = SMALL,
): Promise<LetterSource> {
  const { failed, byAttempts, facets, died, attempts } = conditions;
  const timed = [failed, ...facets].map((key) => ({ key, least: died.least, most: died.most }));
  const counted = attempts ? { key: byAttempts, ...attempts } : undefined;
  const candidates = await Promise.all(
    [...timed, ...(counted ? [counted] : [])].map(async (set) => ({
      ...set,
      size: await redis.zcount(set.key, bound(set.least), bound(set.most)),
    })),
  );
  // Of equally small ones the last: a condition's set says more than the failed set.
  const smallest = (sets: typeof candidates) => sets.toReversed().toSorted((a, b) => a.size - b.size)[0];
  const least = smallest(candidates);
  if (!least || least.size === 0) return nothing;
  const isPlain = candidates.length === 1 && sort !== "attempts";
  if (least.size <= small && !isPlain) return gather(redis, conditions, least, sort);

  const sortByAttempts = sort === "attempts";
  const driver = sortByAttempts
    ? { key: byAttempts, least: attempts?.least ?? -Infinity, most: attempts?.most ?? Infinity }
    : (smallest(candidates.filter(({ key }) => key !== byAttempts)) ?? least);
  const isTimeOpen = died.least === -Infinity && died.most === Infinity;
  const isExact = facets.length + (attempts ? 1 : 0) <= 1 && (!attempts || isTimeOpen);
  return {
    matching: isExact ? least.size : undefined,
    readAtFirst: 0,
    async next(after, chunk) {
      const { key, least: low, most } = driver;
      const options = { least: low, most, descending: isDescending(sort), after, chunk };
      const { members, ended } = await nextMembers(redis, key, options);
      const matches = isPlain
        ? members.map(({ id, score }) => ({ id, score, diedAt: score }))
        : await matchIndexed(
            redis,
            conditions,
            members.map(({ id }) => id),
            sortByAttempts,
          );
      return { matches, looked: members, last: members.at(-1) ?? after, ended };
    },
  };
}

const nothing: LetterSource = {
  matching: 0,
  readAtFirst: 0,
  next: (after) => Promise.resolve({ matches: [], looked: [], last: after, ended: true }),
};

async function gather(
  redis: Redis,
  conditions: Conditions,
  set: { readonly key: string; readonly least: number; readonly most: number },
  sort: DeadSort,
): Promise<LetterSource> {
  const descending = isDescending(sort);
  const found: Match[] = [];
  let read = 0;
  for await (const members of walk(redis, set.key, { least: set.least, most: set.most, chunk: CHUNK })) {
    const ids = members.map(({ id }) => id);
    found.push(...(await matchIndexed(redis, conditions, ids, sort === "attempts")));
    read += members.length;
  }
  found.sort((a, b) => (isAfter(a, b, descending) ? 1 : -1));
  const isSearch = conditions.text !== undefined;
  return {
    matching: found.length,
    // A search looks at bodies, and these are read page by page.
    readAtFirst: isSearch ? 0 : read,
    next(after, chunk) {
      const rest = after ? found.filter((match) => isAfter(match, after, descending)) : found;
      const matches = rest.slice(0, chunk);
      const looked = isSearch ? matches : [];
      const ended = rest.length === matches.length;
      return Promise.resolve({ matches, looked, last: matches.at(-1) ?? after, ended });
    },
  };
}

function bound(score: number): string {
  if (score === Infinity) return "+inf";
  return score === -Infinity ? "-inf" : String(score);
}
