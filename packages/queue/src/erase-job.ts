import { keys, type Redis } from "@misskeep/redis";
import { indexDeadLetter } from "./dead-index/update-letters.ts";
import { type JobFacts, readJobData, withoutBody } from "./job-data.ts";
import { scripts } from "./scripts.ts";

/**
 * | | the job |
 * |---|---|
 * | `erased` | says nothing any more |
 * | `active` | runs now, and is as it was: try again |
 * | `absent` | is not there |
 */
export type JobErasure = "erased" | "active" | "absent";

/**
 * Removes what a job says, in whatever state it is: the body, results of steps, messages and stacks of errors, what
 * its handler said. Its id, state, times, attempts and the names of its steps stay. If it runs later, it is ignored.
 * The index of dead letters forgets who took part. May be called again, as after a crash in between.
 *
 * @param at ms since 1970
 */
export async function eraseJob(redis: Redis, processor: string, id: string, at: number): Promise<JobErasure> {
  const stored = await redis.hget(keys.queue(processor, id), "data");
  if (stored === null) return "absent";
  const facts = withoutBody(readJobData(stored));
  const data: JobFacts = { ...facts, erased: facts.erased ?? at };
  const places = ["active", `${id}:logs`].map((key) => keys.queue(processor, key));
  const done = await scripts.eraseJob.run(
    redis,
    [keys.queue(processor, id), ...places],
    [id, JSON.stringify(data)],
  );
  if (done !== 1) return done === 0 ? "active" : "absent";
  await indexDeadLetter(redis, processor, id);
  return "erased";
}
