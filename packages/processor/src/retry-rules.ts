import { type Backoff, exponential } from "./backoff.ts";
import { Misconfigured, PermanentError, RetryLater, TimedOut } from "./errors.ts";

export interface RetryRules {
  /** Runs in all, the first one included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** After so long since the first attempt `RetryLater` no longer helps, ms. */
  readonly maxAgeMs: number;
}

/** 20 attempts over about 10 hours: a target that is down for a night is waited for. */
export const DEFAULT_RETRY: RetryRules = {
  attempts: 20,
  backoff: exponential({ first: "5s", max: "1h", jitter: 0.2 }),
  maxAgeMs: 24 * 3_600_000,
};

/** A handler that did not stop when told to may still act; its successor keeps clear of it. */
export const AFTER_ZOMBIE_MS = 30_000;

/** What becomes of a job whose run failed. */
export type Verdict =
  | { readonly type: "retry"; readonly delayMs: number }
  | { readonly type: "later"; readonly delayMs: number }
  | { readonly type: "pause" }
  | { readonly type: "dead" };

export interface FailedRun {
  readonly error: unknown;
  /** Attempts that have failed, this one included. */
  readonly failed: number;
  /** ms since 1970 */
  readonly firstAttemptAt: number;
  readonly now: number;
  /** 0 up to 1 */
  readonly random: number;
}

/** The processor's own rules, applied to one failure. Pure: the same input gives the same verdict. */
export function judgeFailure(
  { error, failed, firstAttemptAt, now, random }: FailedRun,
  rules: RetryRules,
): Verdict {
  if (error instanceof PermanentError) return { type: "dead" };
  if (error instanceof Misconfigured) return { type: "pause" };
  if (error instanceof RetryLater)
    return now + error.delayMs - firstAttemptAt > rules.maxAgeMs
      ? { type: "dead" }
      : { type: "later", delayMs: error.delayMs };
  if (failed >= rules.attempts) return { type: "dead" };
  const wait = rules.backoff(failed, random);
  const zombie = error instanceof TimedOut && error.stillRuns;
  return { type: "retry", delayMs: zombie ? Math.max(wait, AFTER_ZOMBIE_MS) : wait };
}
