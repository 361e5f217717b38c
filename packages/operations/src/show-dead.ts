import { type DeadLetter, fingerprint, type RecordedError, type RunEntry } from "@misskeep/queue";
import type { Context } from "./context.ts";
import type { EventContent } from "./event-content.ts";
import { type EventSummary, type MisskeyFacts, type RawBody, readLoaded } from "./event-summary.ts";
import { readContent } from "./read-content.ts";
import { requireDeadLetter } from "./require-dead-letter.ts";

/** A dead letter with all that is known of it. Times are ms since 1970. */
export interface DeadLetterDetails {
  readonly processor: string;
  readonly id: string;
  readonly diedAt: number;
  /** With its stack, where one was recorded. */
  readonly error: RecordedError;
  /** Of those that failed alike. */
  readonly group: string;
  readonly attempts: number;
  readonly replays: number;
  /** The last 20 runs, oldest first. */
  readonly history: readonly RunEntry[];
  /** Recorded steps: a replay does not run them again. */
  readonly steps: readonly string[];
  /** Replays with another body, oldest first: the ids of their jobs, who, when. */
  readonly edits: readonly { readonly id: string; readonly by: string; readonly at: number }[];
  /** Of a replay with another body: the letter that it was made of. */
  readonly parent: string | null;
  readonly event: EventSummary;
  readonly misskey: MisskeyFacts;
  /** When its content was erased. */
  readonly erasedAt: number | null;
  /** Only if asked for, and not erased: the body is private. */
  readonly raw?: RawBody;
  /** Only if asked for; null where there is nothing to show. It may be private, and says so. */
  readonly content?: EventContent | null;
}

export interface ShowOptions {
  readonly raw?: boolean | undefined;
  readonly content?: boolean | undefined;
}

/** @throws OperationError `PROCESSOR_NOT_FOUND`, `DEAD_LETTER_NOT_FOUND` */
export async function showDead(
  context: Context,
  processor: string,
  id: string,
  options: ShowOptions = {},
): Promise<DeadLetterDetails> {
  return detailsOf(await requireDeadLetter(context, processor, id), options);
}

export function detailsOf(letter: DeadLetter, options: ShowOptions): DeadLetterDetails {
  const { processor, id, diedAt, error, attempts, replays, history, steps, edits } = letter;
  const read = readLoaded(letter.event);
  return {
    processor,
    id,
    diedAt,
    error,
    group: fingerprint(processor, error).group,
    attempts,
    replays,
    history,
    steps,
    edits,
    parent: letter.event.editOf ?? null,
    event: read.summary,
    misskey: read.misskey,
    erasedAt: read.erased ?? null,
    ...(options.raw && read.erased === undefined ? { raw: read.raw } : {}),
    ...(options.content ? { content: read.event ? readContent(read.event) : null } : {}),
  };
}
