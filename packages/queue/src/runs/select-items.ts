import type { Redis } from "@misskeep/redis";
import type { RunScope } from "./run.ts";
import { pageOfBackfill } from "./select-backfill.ts";
import { pageOfDiscarded } from "./select-discarded.ts";
import { pageOfLetters } from "./select-letters.ts";
import type { SelectedPage } from "./selected-page.ts";

/** Entries of the inbox come with their bodies. */
const ENTRIES_AT_ONCE = 50;

/**
 * A page of the jobs that a scope means, oldest first. Of a backfill these are ids of events.
 *
 * @param until what is newer is not meant, ms since 1970
 * @param cursor as the page before gave it; undefined for the first
 * @throws InvalidCursor
 */
export async function selectItems(
  redis: Redis,
  scope: RunScope,
  until: number,
  cursor: string | undefined,
): Promise<SelectedPage> {
  switch (scope.kind) {
    case "replay":
    case "discard":
      return pageOfLetters(redis, scope.filter, until, cursor);
    case "recover":
      return pageOfDiscarded(redis, scope, until, cursor);
    case "backfill": {
      const { events, scanned, next } = await pageOfBackfill(redis, scope, until, cursor, ENTRIES_AT_ONCE);
      return { items: events.map(({ id, acceptedAt }) => ({ id, score: acceptedAt })), scanned, next };
    }
  }
}
