import {
  DEFAULT_RETRY,
  type FailedRun,
  judgeFailure,
  type Log,
  type RetryRules,
  TimedOut,
  type Verdict,
} from "@misskeep/processor";
import type { Ending } from "./ending.ts";
import { untilTaken } from "./persist.ts";
import { HandedBack, type RunDeps } from "./run-deps.ts";
import type { RecordedError, RunEntry, RunRecord } from "./run-record.ts";
import type { Runnable } from "./runnable.ts";
import { toRecordedError } from "./recorded-error.ts";
import { dead, moveToDelayed, moveToWait, retryAfter } from "./settle.ts";

/**
 * Settles a run that failed, by the processor's own rules: again later, dead, handed back, or with the
 * processor paused. Records it first, then moves the job.
 */
export async function settleFailure(
  error: unknown,
  failure: Ending & {
    readonly run: RunEntry;
    readonly record: RunRecord;
    readonly runnable: Runnable;
    readonly deps: RunDeps;
  },
): Promise<never> {
  const { run, record, runnable, deps, finish, onRefused } = failure;
  const recorded = toRecordedError(error);
  const now = Date.now();
  const entry = (end: NonNullable<RunEntry["end"]>): RunEntry => ({
    ...run,
    endedAt: now,
    end,
    error: recorded,
  });
  if (error instanceof HandedBack) {
    await finish(entry("handed-back"));
    return moveToWait(failure);
  }
  if (error instanceof TimedOut && error.stillRuns) deps.onZombie(runnable.name);

  const verdict = judge(
    { error, failed: run.attempt, firstAttemptAt: record.firstAttemptAt, now, random: Math.random() },
    runnable.retry,
    deps.log,
  );
  switch (verdict.type) {
    case "dead":
      await finish(entry("dead"), { end: { type: "dead", error: withoutStack(recorded) } });
      return dead(recorded);
    case "retry":
      await finish(entry("retry"), {}, verdict.delayMs);
      return retryAfter(recorded, verdict.delayMs);
    case "later":
      await finish(entry("later"), {}, verdict.delayMs);
      return moveToDelayed(failure, verdict.delayMs);
    case "pause":
      // Paused before the job goes back, or this worker would take it again at once.
      await untilTaken(() => deps.pause(runnable.name, recorded.message), onRefused);
      await finish(entry("paused"));
      return moveToWait(failure);
  }
}

/** An author's backoff that throws, or gives what is no length of time, must not cost the job its end. */
function judge(failed: FailedRun, rules: RetryRules, log: () => Log): Verdict {
  try {
    const verdict = judgeFailure(failed, rules);
    if (verdict.type !== "retry" || (Number.isFinite(verdict.delayMs) && verdict.delayMs >= 0))
      return verdict;
    throw new RangeError(`backoff returned ${String(verdict.delayMs)}, which is no number of ms.`);
  } catch (err) {
    log().error({ err }, "the processor's backoff failed; the default one is used");
    return judgeFailure(failed, { ...rules, backoff: DEFAULT_RETRY.backoff });
  }
}

/** The run's own entry has it. */
function withoutStack({ stack: _, ...error }: RecordedError): RecordedError {
  return error;
}
