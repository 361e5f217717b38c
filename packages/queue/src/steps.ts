import { RunAborted } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { marks } from "./marks.ts";
import { untilTaken } from "./persist.ts";
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
 * @throws (the steps) RunAborted once the run's signal has aborted or its lock is lost; TypeError for a second
 * step of the same name or a result that is no JSON
 */
export function makeStep(run: {
  readonly redis: Redis;
  readonly job: HeldJob;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly onRefused: (error: Error) => void;
}): Step {
  const { redis, job, idempotencyKey, signal, onRefused } = run;
  const used = new Set<string>();
  const mayGoOn = (name: string): void => {
    if (signal.aborted)
      throw new RunAborted(`Step "${name}" may not run: the run is over.`, { cause: signal.reason });
  };
  return async (name, fn) => {
    if (used.has(name))
      throw new TypeError(`A step "${name}" has already run: each needs a name of its own.`);
    used.add(name);
    mayGoOn(name);
    const recorded = await untilTaken(() => findStep(redis, job, name), onRefused);
    if (recorded) return recorded.result as Awaited<ReturnType<typeof fn>>;
    mayGoOn(name);
    const result = await fn({ idempotencyKey: `${idempotencyKey}:${name}` });
    marks.stepDone.publish({ jobId: job.id, step: name });
    if (!isJson(result)) throw new TypeError(`Step "${name}" returned what is no plain JSON.`);
    const written = await untilTaken(() => recordStep(redis, job, name, result), onRefused);
    if (!written) throw new RunAborted(`Step "${name}" could not be recorded: the job's lock is lost.`);
    return result;
  };
}

/** undefined counts: a step need not return anything. */
function isJson(value: unknown): boolean {
  if (value === undefined) return true;
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
