import { QUARANTINE } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import type { LetterEdit } from "./dead-letters.ts";
import { findJob, type JobReport } from "./find-job.ts";
import type { Queues } from "./queues.ts";
import { readMember } from "./runs/run-member.ts";

/** The newest ones; jobs of older runs are hardly there any more. */
const MOST_RUNS = 1_000;
const MOST_EDITS = 200;

/**
 * Every job of one event at some processors: the dispatched one, those of backfills, and edited replays, also those
 * that were made of its dead letter in quarantine.
 *
 * @returns of each processor in turn, the dispatched one first
 */
export async function findJobsOfEvent(
  redis: Redis,
  queues: Queues,
  processors: readonly string[],
  eventId: string,
): Promise<readonly JobReport[]> {
  const [runs, edited] = await Promise.all([
    redis.zrevrange(keys.runs, 0, MOST_RUNS - 1),
    findIds(redis, QUARANTINE, [eventId]),
  ]);
  const reports = await Promise.all(
    processors.map(async (processor) => {
      const own = runs.map(readMember).filter((each) => each.processor === processor);
      const ids = own.map(({ run }) => `${eventId}~${run}`).toReversed();
      const found = await findIds(redis, processor, [eventId, ...ids, ...edited]);
      return Promise.all(found.map((id) => findJob(redis, queues, processor, id)));
    }),
  );
  return reports.flat().filter((report) => report !== undefined);
}

/** Those of the ids that have a job, and the edited replays of each, and of these. */
async function findIds(redis: Redis, processor: string, candidates: readonly string[]): Promise<string[]> {
  const there = await Promise.all(candidates.map((id) => redis.exists(keys.queue(processor, id))));
  const found = new Set(candidates.filter((_, i) => there[i] === 1));
  // A set gives what is added while it is walked, too.
  for (const id of found) {
    const edits = await redis.hget(keys.queue(processor, id), "mk:edits");
    for (const edit of JSON.parse(edits ?? "[]") as LetterEdit[])
      if (found.size < MOST_EDITS) found.add(edit.id);
  }
  return [...found];
}
