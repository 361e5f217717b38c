import { type Duration, toMs } from "./duration.ts";

/**
 * How long to wait before the next attempt.
 *
 * @param failed how many attempts have failed, from 1
 * @param random 0 up to 1
 * @returns ms
 */
export type Backoff = (failed: number, random: number) => number;

/**
 * Doubles the wait after each failure, up to a maximum.
 *
 * @param options.jitter the part of the wait that is left to chance: 0.2 spreads it over 80 to 100 %
 */
export function exponential(options: {
  readonly first: Duration;
  readonly max: Duration;
  readonly jitter?: number;
}): Backoff {
  const first = toMs(options.first);
  const max = toMs(options.max);
  const jitter = options.jitter ?? 0;
  if (!(jitter >= 0 && jitter <= 1)) throw new RangeError("jitter lies between 0 and 1.");
  return (failed, random) => {
    const wait = Math.min(first * 2 ** (failed - 1), max);
    return Math.round(wait * (1 - jitter * random));
  };
}

/** The same wait after each failure. */
export function fixed(delay: Duration): Backoff {
  const ms = toMs(delay);
  return () => ms;
}
