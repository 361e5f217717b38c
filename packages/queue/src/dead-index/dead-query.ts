import type { DeadFilter, DeadSort } from "../dead-filter.ts";

/** Which dead letters to find, and in which order. */
export interface DeadQuery {
  /** Its `processor` is not looked at: the caller names the processors. */
  readonly filter: DeadFilter;
  /** `attempts`: the most first, and of those with equally many the newest. */
  readonly sort: DeadSort;
  readonly limit: number;
  /** `next` of the page before, of the same query. */
  readonly cursor?: string | undefined;
  /** How many letters to look at, at most. @default 10,000; with `text`, whose bodies have to be read, 2,000 */
  readonly scan?: number | undefined;
}

export interface FoundLetter {
  readonly processor: string;
  readonly id: string;
  /** ms since 1970 */
  readonly diedAt: number;
}

export interface FoundLetters {
  /** In the query's order. Fewer than the limit, even none, where `scan` was used up before. */
  readonly letters: readonly FoundLetter[];
  /** How many letters were looked at for this page; pages together count no letter twice. */
  readonly scanned: number;
  /** Cursor of what follows; null if nothing does. */
  readonly next: string | null;
  /** How many there are in all; null where only reading them all would tell. */
  readonly matching: number | null;
}
