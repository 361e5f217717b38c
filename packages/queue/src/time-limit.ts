import { TimedOut } from "@misskeep/processor";
import type { RunHold } from "./run-hold.ts";

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
 * Runs work under a time limit and the worker's hold on it.
 *
 * When time is up the signal aborts. If the work then ends within the grace period its result counts: what
 * took effect must not be done again. If it fails, or goes on, the run has timed out.
 *
 * @param hold aborted here when time is up, and from outside for other reasons; cut when the worker waits no longer
 * @throws TimedOut; why the hold was aborted or cut; or what the work throws
 */
export function withTimeLimit<T>(
  work: () => Promise<T> | T,
  hold: RunHold,
  { timeoutMs, graceMs = GRACE_MS }: TimeLimit,
): Promise<T> {
  // Stopped or overtaken before it began: then it must not begin.
  if (hold.reason !== undefined) return Promise.reject(hold.reason);
  return new Promise<T>((resolve, reject) => {
    let timedOut = false;
    const end = (): void => {
      clearTimeout(timer);
      hold.whenCut(undefined);
    };
    const fail = (error: unknown): void => {
      end();
      if (timedOut) reject(new TimedOut(timeoutMs, false));
      // Why the work failed once it was told to stop is of no interest; why it was told is.
      else reject(hold.reason ?? (error as Error));
    };
    const onTime = (): void => {
      timedOut = true;
      hold.abort(new TimedOut(timeoutMs, false));
      timer = setTimeout(() => {
        end();
        reject(new TimedOut(timeoutMs, true));
      }, graceMs);
    };
    let timer = setTimeout(onTime, Math.min(timeoutMs, LONGEST_TIMER_MS));
    hold.whenCut(fail);
    (async () => work())().then((result) => {
      end();
      resolve(result);
    }, fail);
  });
}
