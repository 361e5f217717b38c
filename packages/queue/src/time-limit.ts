import { TimedOut } from "@misskeep/processor";
import { orAborted } from "./or-aborted.ts";

/** After the signal a handler has so long to stop before it counts as a zombie, ms. */
const GRACE_MS = 10_000;

/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface TimeLimit {
  readonly timeoutMs: number;
  /** How long after its signal the work may take to stop, ms. @default 10,000 */
  readonly graceMs?: number | undefined;
}

/**
 * Runs work under a time limit and an abort signal.
 *
 * When time is up the signal aborts. If the work then ends within the grace period its result counts: what
 * took effect must not be done again. If it fails, or goes on, the run has timed out.
 *
 * @param controller aborted here when time is up, and from outside for other reasons
 * @param stop aborted when waiting has to end: the worker stops. It outlives thousands of runs, each of which would stay
 *   in memory with a promise in its place that they raced.
 * @throws TimedOut; the reason of `controller` or `stop`; or what the work throws
 */
export async function withTimeLimit<T>(
  work: () => Promise<T> | T,
  controller: AbortController,
  { timeoutMs, graceMs = GRACE_MS }: TimeLimit,
  stop: AbortSignal,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let timedOut = false;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        timedOut = true;
        controller.abort(new TimedOut(timeoutMs, false));
        timer = setTimeout(() => reject(new TimedOut(timeoutMs, true)), graceMs);
      },
      Math.min(timeoutMs, LONGEST_TIMER_MS),
    );
  });
  try {
    // Stopped or overtaken before it began: then it must not begin.
    controller.signal.throwIfAborted();
    return await orAborted(() => Promise.race([(async () => work())(), limit]), stop);
  } catch (error) {
    if (error instanceof TimedOut && error.stillRuns) throw error;
    if (timedOut) throw new TimedOut(timeoutMs, false);
    // Why the work failed once it was told to stop is of no interest; why it was told is.
    if (controller.signal.aborted) throw controller.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
