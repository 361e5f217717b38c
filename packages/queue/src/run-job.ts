import { ignored, type Outcome, RunAborted } from "@misskeep/processor";
import type { Job } from "bullmq";
import type { Finish } from "./ending.ts";
import { ERASED, idempotencyKeyOf, loadEvent } from "./event-job.ts";
import type { EventJobData } from "./job-data.ts";
import { marks } from "./marks.ts";
import { toOutcome } from "./outcome.ts";
import { partCompany } from "./part-company.ts";
import { untilTaken } from "./persist.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunHold } from "./run-hold.ts";
import { beginRun, endRun, type HeldJob, type RecordedEnd, type RunEntry } from "./run-record.ts";
import type { Runnable } from "./runnable.ts";
import { dead } from "./settle.ts";
import { settleFailure } from "./settle-failure.ts";
import { makeStep } from "./steps.ts";
import { withTimeLimit } from "./time-limit.ts";

/** One for all: an error notes where it was made, which costs more than the run's other bookkeeping. */
const RUN_OVER = Object.freeze(new RunAborted("The run is over."));

/**
 * Runs a job once and says to BullMQ how it ended. Between any two lines the process may die:
 *
 * - before the outcome is recorded: the run counts as a crash and the job runs again;
 * - after it: whoever takes the job next finds the outcome and runs nothing.
 *
 * @returns the outcome, or throws one of settle.ts's errors
 */
export async function runJob(
  job: Job<EventJobData>,
  token: string,
  runnable: Runnable,
  hold: RunHold,
  deps: RunDeps,
): Promise<Outcome> {
  const { redis } = deps;
  const held: HeldJob = { queue: runnable.name, id: String(job.id), token };
  const onRefused = (error: Error): void =>
    deps.log().warn({ err: error }, "Redis refused a record; trying again");
  const run: RunEntry = { attempt: job.attemptsMade + 1, worker: deps.worker, startedAt: Date.now() };
  const record = await untilTaken(() => beginRun(redis, held, run), onRefused);
  if (!record) throw new RunAborted("The job's lock was lost before its run began.");
  if (record.end) return tell(record.end);

  const event = loadEvent({ id: held.id, data: job.data });
  const finish: Finish = async (entry, changes, delayMs) => {
    const taken = await untilTaken(() => endRun(redis, held, record, entry, changes), onRefused);
    if (!taken) throw new RunAborted("Another worker runs the job by now.");
    marks.recorded.publish({ jobId: held.id, end: entry.end });
    deps.onRun({
      processor: runnable.name,
      eventId: event.facts.id,
      receivedAt: event.facts.receivedAt,
      run: entry,
      again: record.replays > 0 || held.id !== event.facts.id,
      ...(delayMs === undefined ? {} : { delayMs }),
    });
  };
  const ending = { job, token, finish, onRefused };
  if (record.unended) return partCompany(ending, record.unended, record.crashes + 1);

  const idempotencyKey = idempotencyKeyOf(held.id, runnable.name);
  const step = makeStep({ redis, job: held, idempotencyKey, hold, onRefused });
  const { replays } = record;
  const context = {
    step,
    get log() {
      return deps.log();
    },
    hold,
    attempt: run.attempt,
    idempotencyKey,
    replays,
  };
  let outcome: Outcome;
  try {
    const limit = { timeoutMs: runnable.timeoutMs, graceMs: deps.graceMs };
    // Whatever the processor is: without its content there is nothing to do.
    const act = () => (event.erased === undefined ? runnable.run(event, context) : ignored(ERASED));
    const returned = await withTimeLimit(act, hold, limit);
    outcome = toOutcome(returned, deps.log);
  } catch (error) {
    return await settleFailure(error, { ...ending, run, record, runnable, deps });
  } finally {
    // From here on a step would act for a run that is over.
    hold.abort(RUN_OVER);
  }
  marks.handled.publish({ jobId: held.id });
  await finish({ ...run, endedAt: Date.now(), end: outcome.type }, { end: outcome });
  return outcome;
}

function tell(end: RecordedEnd): Outcome {
  return end.type === "dead" ? dead(end.error) : end;
}
