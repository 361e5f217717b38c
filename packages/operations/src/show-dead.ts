import { findDeadLetter, type RecordedError, type RunEntry } from "@misskeep/queue";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { type EventSummary, type MisskeyFacts, type RawBody, readLoaded } from "./event-summary.ts";
import { requireProcessor } from "./find-processors.ts";

/** A dead letter with all that is known of it. Times are ms since 1970. */
export interface DeadLetterDetails {
  readonly processor: string;
  readonly id: string;
  readonly diedAt: number;
  /** With its stack, where one was recorded. */
  readonly error: RecordedError;
  readonly attempts: number;
  readonly replays: number;
  /** The last 20 runs, oldest first. */
  readonly history: readonly RunEntry[];
  /** Recorded steps: a replay does not run them again. */
  readonly steps: readonly string[];
  readonly event: EventSummary;
  readonly misskey: MisskeyFacts;
  /** Only if asked for: the body is private. */
  readonly raw?: RawBody;
}

/** @throws OperationError `PROCESSOR_NOT_FOUND`, `DEAD_LETTER_NOT_FOUND` */
export async function showDead(
  context: Context,
  processor: string,
  id: string,
  options: { readonly raw?: boolean } = {},
): Promise<DeadLetterDetails> {
  await requireProcessor(context, processor);
  const letter = await findDeadLetter(context.redis, context.queues, processor, id);
  if (!letter) {
    throw new OperationError(
      "DEAD_LETTER_NOT_FOUND",
      `${processor} has no dead letter ${id.slice(0, 64)}: it never died, or it was replayed.`,
    );
  }
  const { diedAt, error, attempts, replays, history, steps } = letter;
  const { summary, misskey, raw } = readLoaded(letter.event);
  return {
    processor,
    id,
    diedAt,
    error,
    attempts,
    replays,
    history,
    steps,
    event: summary,
    misskey,
    ...(options.raw ? { raw } : {}),
  };
}
