/** How fast messages go out: not more than a few a minute, and slower while the target does not take them. */
import type { PostResult } from "./post.ts";

/** Discord takes 5 in 2 s and 30 a minute of a webhook, Slack one a second; people take less. */
const PER_MINUTE = 5;
const MINUTE_MS = 60_000;
const BACKOFF_MS = { first: 15_000, max: 300_000 } as const;

export interface Delivery {
  /** How many messages may go now. */
  room(): number;
  /** Told of each attempt. @returns for how long none is made, ms; 0 if it was taken */
  done(result: PostResult): number;
  /** Since when nothing gets through, by the same clock; undefined if the last message did. */
  failingSince(): number | undefined;
}

/** @param now ms, by any clock that only moves forward */
export function createDelivery(now: () => number): Delivery {
  let sent: number[] = [];
  let failures = 0;
  let since: number | undefined;
  let notBefore = -Infinity;
  return {
    room() {
      if (now() < notBefore) return 0;
      sent = sent.filter((at) => at > now() - MINUTE_MS);
      return PER_MINUTE - sent.length;
    },
    done(result) {
      if (result.ok) {
        sent.push(now());
        failures = 0;
        since = undefined;
        return 0;
      }
      since ??= now();
      const backoff = Math.min(BACKOFF_MS.first * 2 ** failures, BACKOFF_MS.max);
      failures += 1;
      const wait = Math.max(backoff, result.retryAfterMs ?? 0);
      notBefore = now() + wait;
      return wait;
    },
    failingSince: () => since,
  };
}
