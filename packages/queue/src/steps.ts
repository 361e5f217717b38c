import { PermanentError, RunAborted } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { marks } from "./marks.ts";
import { untilTaken } from "./persist.ts";
import type { RunHold } from "./run-hold.ts";
import { findStep, type HeldJob, recordStep } from "./run-record.ts";

export type Step = <T>(
  name: string,
  fn: (key: { readonly idempotencyKey: string }) => Promise<T> | T,
) => Promise<T>;

/**
 * Makes the `step` function of one run.
 *
 * A step's result is recorded under the job's lock and lives as long as the job, dead ones included. It counts
 * by its presence, not its value. Between the end of `fn` and its record a crash may come: then `fn` runs
 * again, with the same idempotency key.
 *
 * @throws (the steps) RunAborted once the run's hold has aborted or its lock is lost; TypeError for a second
 *   step of the same name; PermanentError for a result that is no JSON
 */
export function makeStep(run: {
  readonly redis: Redis;
  readonly job: HeldJob;
  readonly idempotencyKey: string;
  readonly hold: RunHold;
  readonly onRefused: (error: Error) => void;
}): Step {
  const { redis, job, idempotencyKey, hold, onRefused } = run;
  const used = new Set<string>();
  const mayGoOn = (name: string): void => {
    if (hold.aborted)
      throw new RunAborted(`Step "${name}" may not run: the run is over.`, { cause: hold.reason });
  };
  return async (name, fn) => {
    if (used.has(name))
      throw new TypeError(`A step "${name}" has already run: each needs a name of its own.`);
    used.add(name);
    mayGoOn(name);
    const recorded = await untilTaken(() => findStep(redis, job, name), onRefused, hold);
    if (recorded) return recorded.result as Awaited<ReturnType<typeof fn>>;
    mayGoOn(name);
    const result = await fn({ idempotencyKey: `${idempotencyKey}:${name}` });
    marks.stepDone.publish({ jobId: job.id, step: name });
    const json = toJson(name, result);
    const written = await untilTaken(() => recordStep(redis, job, name, json), onRefused, hold);
    if (!written) throw new RunAborted(`Step "${name}" could not be recorded: the job's lock is lost.`);
    return json as Awaited<ReturnType<typeof fn>>;
  };
}

/** What a later attempt would read: a Date that only the first one got would surprise the others. */
function toJson(name: string, result: unknown): unknown {
  // A step need not return anything.
  if (result === undefined) return undefined;
  try {
    return JSON.parse(JSON.stringify(result));
  } catch (cause) {
    // It took effect, and would again with every attempt.
    throw new PermanentError(`Step "${name}" returned what is no plain JSON.`, { cause });
  }
}
