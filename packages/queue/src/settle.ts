import { DelayedError, UnrecoverableError, WaitingError } from "bullmq";
import { untilTaken } from "./persist.ts";
import type { RecordedError } from "./run-record.ts";
import type { Ending } from "./ending.ts";

/**
 * How the end of a run is said to BullMQ: by returning, or by one of these errors. This is the only place that
 * knows.
 *
 * | end | BullMQ |
 * |---|---|
 * | handled, ignored | the processor returns: completed |
 * | retry | `RetryAfter`: delayed by our own backoff, one attempt spent |
 * | later, after a crash | moveToDelayed, then DelayedError: delayed, no attempt spent |
 * | handed back, paused | moveToWait, then WaitingError: waiting, no attempt spent |
 * | dead | UnrecoverableError: the failed set |
 * | a record that Redis refused, a lost lock | any other error: again in a second |
 */
class RetryAfter extends Error {
  override readonly name = "RetryAfter";
  readonly delayMs: number;

  constructor(error: RecordedError, delayMs: number) {
    super(reasonOf(error));
    if (error.stack !== undefined) this.stack = error.stack;
    this.delayMs = delayMs;
  }
}

const REFUSED_AGAIN_MS = 1_000;

/** BullMQ gives a meaning of its own to some names and messages, which a handler's error may have too. */
function reasonOf({ name, message }: RecordedError): string {
  return `${name}: ${message}`;
}

/** BullMQ's `settings.backoffStrategy`: the wait was decided with the verdict. */
export function backoffStrategy(_attempts: number, _type?: string, error?: Error): number {
  return error instanceof RetryAfter ? error.delayMs : REFUSED_AGAIN_MS;
}

export function retryAfter(error: RecordedError, delayMs: number): never {
  throw new RetryAfter(error, delayMs);
}

export function dead(error: RecordedError): never {
  const end = new UnrecoverableError(reasonOf(error));
  if (error.stack !== undefined) end.stack = error.stack;
  throw end;
}

/** Moves a job to run again later, with no attempt spent. */
export async function moveToDelayed(ending: Ending, delayMs: number): Promise<never> {
  await move(ending, () => ending.job.moveToDelayed(Date.now() + delayMs, ending.token));
  throw new DelayedError();
}

/** Moves a job back to where it came from, with no attempt spent. */
export async function moveToWait(ending: Omit<Ending, "finish">): Promise<never> {
  await move(ending, () => ending.job.moveToWait(ending.token));
  throw new WaitingError();
}

async function move(
  { onRefused }: Pick<Ending, "onRefused">,
  command: () => Promise<unknown>,
): Promise<void> {
  await untilTaken(async () => {
    try {
      await command();
    } catch (error) {
      // BullMQ's own refusals carry a number: the lock is lost or the job is elsewhere. Someone else moves it
      // then, or an earlier try got through without an answer.
      if (typeof (error as { code?: unknown }).code !== "number") throw error;
    }
  }, onRefused);
}
