import type { Redis } from "@misskeep/redis";
import { loadEvent } from "../event-job.ts";
import { type EventJobData, readJobData } from "../job-data.ts";
import { readJobs } from "./read-jobs.ts";

/**
 * Which of some letters have a text in their body or in their error's message, in any case.
 *
 * @param ids a page of them: all their bodies are read
 */
export async function matchText(
  redis: Redis,
  processor: string,
  ids: readonly string[],
  text: string,
): Promise<ReadonlySet<string>> {
  const wanted = text.toLowerCase();
  // As it stands in JSON, where a quotation mark or a line's end is escaped.
  const escaped = JSON.stringify(wanted).slice(1, -1);
  const found = new Set<string>();
  for await (const batch of readJobs(redis, processor, ids, { history: false })) {
    for (const { id, data, failedReason } of batch) {
      const body = data === null ? "" : bodyOf(id, readJobData(data)).toLowerCase();
      const isFound =
        body.includes(wanted) ||
        (escaped !== wanted && body.includes(escaped)) ||
        (failedReason ?? "").toLowerCase().includes(wanted);
      if (isFound) found.add(id);
    }
  }
  return found;
}

function bodyOf(id: string, data: EventJobData): string {
  return data.body ?? loadEvent({ id, data }).raw.toString("utf8");
}
