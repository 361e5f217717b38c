import { keys, type Redis } from "@misskeep/redis";
import { eventIdOf } from "./event-job.ts";
import { type JobFacts, readJobData, withoutBody, writeJob } from "./job-data.ts";
import type { Queues } from "./queues.ts";
import { newRunId } from "./runs/run-id.ts";
import { scripts } from "./scripts.ts";

const EDITS_KEPT = 50;

/**
 * Runs a dead letter with another body, as a job of its own: `<event id>~<run>`, with its own attempts and its own
 * idempotency key. The letter stays dead and as it is; each knows of the other.
 *
 * @param edit.at ms since 1970
 * @returns the new job's id; undefined if the job is no dead letter (any more)
 */
export async function editDeadLetter(
  redis: Redis,
  queues: Queues,
  processor: string,
  id: string,
  edit: { readonly body: string; readonly by: string; readonly at: number },
): Promise<string | undefined> {
  const key = keys.queue(processor, id);
  const stored = await redis.hget(key, "data");
  if (stored === null) return undefined;
  const { erased: _, ...facts } = withoutBody(readJobData(stored));
  const child = `${eventIdOf(id)}~${newRunId(edit.at)}`;
  const link = JSON.stringify({ id: child, by: edit.by, at: edit.at });
  const failed = keys.queue(processor, "failed");
  if ((await scripts.linkEdit.run(redis, [failed, key], [id, link, EDITS_KEPT])) !== 1) return undefined;
  const edited: JobFacts = { ...facts, editOf: id, editedBy: edit.by, editedAt: edit.at };
  const data = writeJob(edited, Buffer.from(edit.body));
  await queues.get(processor).addEvents([{ id: child, data }]);
  return child;
}
