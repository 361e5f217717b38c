import { Misconfigured, PermanentError, RetryLater } from "@misskeep/processor";
import type { Answer } from "./post.ts";

/** The target failed or refused for now; it is tried again by the processor's rules. */
export class TargetFailed extends Error {
  override readonly name = "TargetFailed";
  readonly code = "TARGET_FAILED";
}

/**
 * Turns a target's answer into what it means for the event:
 *
 * | status | meaning |
 * |---|---|
 * | 2xx | done |
 * | 3xx | Misconfigured: the target is elsewhere, and redirects are not followed |
 * | 401, 403, 404, 410 | Misconfigured: the target is gone, or does not know us |
 * | 429, 503 with `Retry-After` | RetryLater, as long as it says |
 * | 408, 429, 5xx | TargetFailed: tried again |
 * | any other | PermanentError: this event will never be taken |
 *
 * @param setting the setting that holds the target's URL
 */
export function checkAnswer({ status, retryAfterMs }: Answer, setting: string): void {
  const answered = `The target of ${setting} answered ${status}`;
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400)
    throw new Misconfigured(`${answered}: it has moved. Redirects are not followed; set its new URL.`);
  if ([401, 403, 404, 410].includes(status))
    throw new Misconfigured(`${answered}: it is gone, or the URL or the secret is wrong.`);
  if ((status === 429 || status === 503) && retryAfterMs !== undefined)
    throw new RetryLater(retryAfterMs, `${answered} and said when to come back.`);
  if (status === 408 || status === 429 || status >= 500) throw new TargetFailed(`${answered}.`);
  throw new PermanentError(`${answered}: it does not take this event.`);
}
