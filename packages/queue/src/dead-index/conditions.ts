import { keys, type Redis } from "@misskeep/redis";
import { readHandle } from "@misskeep/schema";
import type { DeadFilter } from "../dead-filter.ts";
import { errorNameOf } from "./fingerprint.ts";
import { attemptsOfScore, attemptsScore, derivedKeys, facetName } from "./index-keys.ts";
import type { Place } from "./walk.ts";

/** Both inclusive. */
interface Range {
  readonly least: number;
  readonly most: number;
}

/** A filter, as sorted sets of one processor. */
export interface Conditions {
  readonly failed: string;
  readonly byAttempts: string;
  /** Their scores are moments of death. */
  readonly facets: readonly string[];
  readonly died: Range;
  /** Scores of `by-attempts`; undefined where any number of attempts will do. */
  readonly attempts: Range | undefined;
  /** undefined where there is none to search for. */
  readonly text: string | undefined;
}

const LATEST = 2 ** 42 - 1;

export function conditionsOf(processor: string, filter: DeadFilter): Conditions {
  const { group, type, hook, error, person, minAttempts, maxAttempts, diedAfter, diedBefore, text } = filter;
  const facets = [
    group === undefined ? undefined : facetName("group", group),
    type === undefined ? undefined : facetName("type", type),
    hook === undefined ? undefined : facetName("hook", hook),
    error === undefined ? undefined : facetName("error", errorNameOf(error)),
    person === undefined ? undefined : facetName("person", readHandle(person) ?? person),
  ].filter((facet) => facet !== undefined);
  return {
    failed: keys.queue(processor, "failed"),
    byAttempts: derivedKeys.byAttempts(processor),
    facets: facets.map((facet) => derivedKeys.facet(processor, facet)),
    died: { least: diedAfter ?? -Infinity, most: diedBefore ?? Infinity },
    attempts:
      minAttempts === undefined && maxAttempts === undefined
        ? undefined
        : {
            least: attemptsScore(minAttempts ?? 0, 0),
            most: maxAttempts === undefined ? Infinity : attemptsScore(maxAttempts, LATEST),
          },
    text,
  };
}

export interface Match extends Place {
  readonly diedAt: number;
}

/**
 * Which of some letters meet all conditions but the text.
 *
 * Asks every sorted set, the failed set first: what is not dead any more does not match, nor does what the index
 * knows from an earlier death.
 *
 * @param sortByAttempts gives them the score of `by-attempts` instead of when they died
 */
export async function matchIndexed(
  redis: Redis,
  conditions: Conditions,
  ids: readonly string[],
  sortByAttempts: boolean,
): Promise<readonly Match[]> {
  if (ids.length === 0) return [];
  const { failed, byAttempts, facets, died, attempts } = conditions;
  const askAttempts = attempts !== undefined || sortByAttempts;
  const [deaths = [], ...others] = await Promise.all(
    [failed, ...facets, ...(askAttempts ? [byAttempts] : [])].map((key) => redis.zmscore(key, ...ids)),
  );
  const attemptsScores = askAttempts ? others.pop() : undefined;
  return ids.flatMap((id, i) => {
    const death = deaths[i];
    if (death === null || death === undefined) return [];
    const diedAt = Number(death);
    if (diedAt < died.least || diedAt > died.most) return [];
    if (others.some((scores) => Number(scores[i] ?? -1) !== diedAt)) return [];
    if (!attemptsScores) return [{ id, score: diedAt, diedAt }];
    const score = Number(attemptsScores[i] ?? -1);
    if (attemptsOfScore(score).diedAt !== diedAt) return [];
    if (attempts && (score < attempts.least || score > attempts.most)) return [];
    return [{ id, score: sortByAttempts ? score : diedAt, diedAt }];
  });
}
