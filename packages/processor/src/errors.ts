import { type Duration, toMs } from "./duration.ts";

/** Trying again cannot help: the job is a dead letter at once. */
export class PermanentError extends Error {
  override readonly name: string = "PermanentError";
  readonly code: string = "PERMANENT";
}

/**
 * Not now: the job comes back after a delay and no attempt is spent. For a target that says when
 * (`Retry-After`). After the processor's `maxAge` since the first attempt the job is dead all the same.
 */
export class RetryLater extends Error {
  override readonly name = "RetryLater";
  readonly code = "RETRY_LATER";
  /** ms, at least 1,000. */
  readonly delayMs: number;

  /** @param delay at least a second; less is taken as one */
  constructor(delay: Duration, why = "asked to come back later", options?: ErrorOptions) {
    super(why, options);
    this.delayMs = Math.max(toMs(delay), 1_000);
  }
}

/**
 * The target turns everything away (401, 403, 404, 410): the settings are wrong. The job goes back unspent
 * and the processor pauses itself until a person has looked.
 */
export class Misconfigured extends Error {
  override readonly name = "Misconfigured";
  readonly code = "MISCONFIGURED";
}

/** The handler took longer than its `timeout`. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
  readonly code = "TIMED_OUT";
  /** Whether the handler went on after its signal: then the next attempt waits 30 s at least. */
  readonly stillRuns: boolean;

  constructor(timeoutMs: number, stillRuns: boolean) {
    super(
      stillRuns
        ? `took longer than ${timeoutMs / 1000} s and did not stop when told to`
        : `took longer than ${timeoutMs / 1000} s`,
    );
    this.stillRuns = stillRuns;
  }
}

/** A step of a run that no longer may do anything: its lock is lost, or its time is up. */
export class RunAborted extends Error {
  override readonly name = "RunAborted";
  readonly code = "RUN_ABORTED";
}
