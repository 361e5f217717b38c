import { JOB_KEYS, keys, readJobKey, type Redis } from "@misskeep/redis";
import { readJobs } from "./dead-index/read-jobs.ts";
import { type LoadedEvent, loadEvent } from "./event-job.ts";
import { readJobData } from "./job-data.ts";

/** Redis looks at so many keys in one step: under 1 ms. */
const KEYS_PER_STEP = 500;

/**
 * | kind | a job |
 * |---|---|
 * | `dead` | is a dead letter |
 * | `discarded` | was one, until somebody put it away |
 * | `active` | runs now |
 * | `other` | waits, waits to be tried again, or ended well |
 */
export type JobKind = "dead" | "discarded" | "active" | "other";

export interface ScannedJob {
  readonly processor: string;
  readonly id: string;
  readonly event: LoadedEvent;
}

/**
 * Every job of every processor, in whatever state, in no order. Walks over the keys rather than the states: a job
 * that goes from one state to another meanwhile is not passed over. One may come twice.
 *
 * @returns batches, bounded in bytes
 */
export async function* scanJobs(redis: Redis): AsyncGenerator<readonly ScannedJob[], void, undefined> {
  let cursor = "0";
  do {
    const [next, found] = await redis.scan(cursor, "MATCH", JOB_KEYS, "COUNT", KEYS_PER_STEP);
    for (const [processor, ids] of byProcessor(found))
      for await (const letters of readJobs(redis, processor, ids, { history: false }))
        yield letters.flatMap(({ id, data }) =>
          data === null ? [] : [{ processor, id, event: loadEvent({ id, data: readJobData(data) }) }],
        );
    cursor = next;
  } while (cursor !== "0");
}

function byProcessor(found: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const jobs = new Map<string, string[]>();
  for (const key of found) {
    const job = readJobKey(key);
    if (job) jobs.set(job.processor, [...(jobs.get(job.processor) ?? []), job.id]);
  }
  return jobs;
}

/** What kind of job each is now. */
export async function kindsOfJobs(
  redis: Redis,
  processor: string,
  ids: readonly string[],
): Promise<readonly JobKind[]> {
  if (ids.length === 0) return [];
  const [dead, discarded, active] = await Promise.all([
    redis.zmscore(keys.queue(processor, "failed"), ...ids),
    redis.zmscore(keys.discarded(processor), ...ids),
    redis.lrange(keys.queue(processor, "active"), 0, -1),
  ]);
  const running = new Set(active);
  return ids.map((id, i) => {
    if (dead[i] !== null) return "dead";
    if (discarded[i] !== null) return "discarded";
    return running.has(id) ? "active" : "other";
  });
}

/** BullMQ's stream of what happened to its jobs holds how they ended, in words; nobody reads it here. */
export async function forgetQueueEvents(redis: Redis, processor: string): Promise<void> {
  await redis.unlink(keys.queue(processor, "events"));
}
