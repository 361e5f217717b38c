import type { DeadLetterSummary } from "./summarize-dead.ts";

/** A dead letter that somebody put away. It can be recovered until `until`, ms since 1970. */
export interface DiscardedLetter extends DeadLetterSummary {
  readonly discarded: {
    readonly by: string;
    readonly why: string;
    readonly at: number;
    readonly until: number;
  };
}
