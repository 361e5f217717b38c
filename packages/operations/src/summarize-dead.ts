import { type DeadLetter, fingerprint } from "@misskeep/queue";
import { type EventSummary, readLoaded } from "./event-summary.ts";

/** A dead letter in a list. Times are ms since 1970. */
export interface DeadLetterSummary {
  readonly processor: string;
  /** The job's id: the event id, with `~<run>` for a backfill or an edited replay. */
  readonly id: string;
  readonly diedAt: number;
  /** Without its stack. */
  readonly error: { readonly name: string; readonly message: string; readonly code: string | null };
  /** Of those that failed alike. */
  readonly group: string;
  readonly attempts: number;
  readonly replays: number;
  /** How often it was replayed with another body. */
  readonly edits: number;
  readonly event: EventSummary;
}

export function summarizeDead(letter: DeadLetter): DeadLetterSummary {
  const { processor, id, diedAt, attempts, replays, edits } = letter;
  const { name, message, code } = letter.error;
  return {
    processor,
    id,
    diedAt,
    error: { name, message, code: code ?? null },
    group: fingerprint(processor, letter.error).group,
    attempts,
    replays,
    edits: edits.length,
    event: readLoaded(letter.event).summary,
  };
}
