import { keys, type Redis } from "@misskeep/redis";
import { deadError } from "../dead-error.ts";
import { readJobData } from "../job-data.ts";
import type { RecordedEnd, RunEntry } from "../run-record.ts";
import { scripts } from "../scripts.ts";
import { facetsOf } from "./facets.ts";
import { attemptsScore, derivedKeys } from "./index-keys.ts";
import { readJobs, type StoredLetter } from "./read-jobs.ts";

/** A letter that dies again and again while it is looked at is left to the next look. */
const TRIES = 3;

/**
 * Puts a dead letter into the index, or brings it up to date. Does nothing for a job that is not dead. May be
 * called any number of times, by anybody, at any moment: the script compares with the failed set.
 */
export async function indexDeadLetter(redis: Redis, processor: string, id: string): Promise<void> {
  await indexDeadLetters(redis, processor, [id]);
}

/** @param ids some hundred at most */
export async function indexDeadLetters(
  redis: Redis,
  processor: string,
  ids: readonly string[],
): Promise<void> {
  let left = ids;
  for (let tries = 0; left.length > 0 && tries < TRIES; tries += 1) {
    // Asked before the jobs are read: if one died again in between, the script notices by the moment.
    const scores = await deathsOf(redis, processor, left);
    const changed: string[] = [];
    for await (const batch of readJobs(redis, processor, [...scores.keys()])) {
      const done = await Promise.all(
        batch.map((letter) => add(redis, processor, letter, scores.get(letter.id) ?? 0)),
      );
      changed.push(...batch.filter((_, i) => !done[i]).map((letter) => letter.id));
    }
    left = changed;
  }
}

/** Takes a letter out of the index, unless it is dead (again). */
export async function unindexDeadLetter(redis: Redis, processor: string, id: string): Promise<void> {
  await update(redis, processor, [id, "", "", "", "", ""]);
}

/** When those of the jobs that are dead died, ms since 1970. */
export async function deathsOf(
  redis: Redis,
  processor: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const scores = await redis.zmscore(keys.queue(processor, "failed"), ...ids);
  return new Map(
    ids.flatMap((id, i) => {
      const score = scores[i];
      return score === null || score === undefined ? [] : [[id, Number(score)]];
    }),
  );
}

async function add(redis: Redis, processor: string, stored: StoredLetter, diedAt: number): Promise<boolean> {
  const history = JSON.parse(stored.history ?? "[]") as RunEntry[];
  const end = stored.outcome === null ? undefined : (JSON.parse(stored.outcome) as RecordedEnd);
  // A member of the failed set without a job is a dead letter, too, if one of which nothing is known.
  const data = readJobData(stored.data ?? '{"hook":"","receivedAt":0}');
  const error = deadError(history, end, stored.failedReason);
  const { sets, fingerprint, type } = facetsOf(processor, { id: stored.id, data, error });
  const { group, name, code, message } = fingerprint;
  return update(redis, processor, [
    stored.id,
    diedAt,
    attemptsScore(Number(stored.atm ?? 0), diedAt),
    JSON.stringify({ sets, type }),
    group,
    JSON.stringify({ name, code, message }),
    ...sets,
  ]);
}

async function update(redis: Redis, processor: string, args: readonly (string | number)[]): Promise<boolean> {
  const updated = await scripts.updateDeadIndex.run(
    redis,
    [
      keys.queue(processor, "failed"),
      derivedKeys.letters(processor),
      derivedKeys.groups(processor),
      derivedKeys.groupsByLast(processor),
      derivedKeys.byAttempts(processor),
    ],
    [derivedKeys.facet(processor, ""), ...args],
  );
  return updated === 1;
}
