import { eventTypeOf } from "@misskeep/schema";
import { keys, type Redis } from "@misskeep/redis";
import { derivedKeys } from "../dead-index/index-keys.ts";
import { readJobs } from "../dead-index/read-jobs.ts";
import { loadEvent } from "../event-job.ts";
import { readJobData } from "../job-data.ts";

/**
 * The event types of jobs, of each id in order; null where there is none. Of dead letters the index knows it; the
 * bodies of others are read.
 *
 * @param ids some hundred at most
 */
export async function readTypes(
  redis: Redis,
  processor: string,
  ids: readonly string[],
): Promise<readonly (string | null)[]> {
  if (ids.length === 0) return [];
  const indexed = await redis.hmget(derivedKeys.letters(processor), ...ids);
  const types = new Map<string, string | null>();
  for (const [i, id] of ids.entries()) {
    const facets = indexed[i];
    if (facets) types.set(id, (JSON.parse(facets) as { type: string | null }).type);
  }
  const others = ids.filter((id) => !types.has(id));
  for await (const jobs of readJobs(redis, processor, others, { history: false }))
    for (const { id, data } of jobs)
      types.set(
        id,
        data === null ? null : (eventTypeOf(loadEvent({ id, data: readJobData(data) }).json) ?? null),
      );
  return ids.map((id) => types.get(id) ?? null);
}

/** When the events of jobs were received, ms since 1970; undefined where the job is gone. */
export async function readReceivedAt(
  redis: Redis,
  processor: string,
  id: string,
): Promise<number | undefined> {
  const data = await redis.hget(keys.queue(processor, id), "data");
  return data === null ? undefined : readJobData(data).receivedAt;
}
