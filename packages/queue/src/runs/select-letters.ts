import type { Redis } from "@misskeep/redis";
import { findDeadIds } from "../dead-index/find-dead-ids.ts";
import type { DeadFilter } from "../dead-filter.ts";
import type { SelectedPage } from "./selected-page.ts";

const LIMIT = 500;

/**
 * A page of the dead letters that a filter means, by when they died.
 *
 * @throws InvalidCursor
 */
export async function pageOfLetters(
  redis: Redis,
  filter: DeadFilter & { readonly processor: string },
  until: number,
  cursor: string | undefined,
): Promise<SelectedPage> {
  const { letters, scanned, next } = await findDeadIds(redis, filter.processor, {
    filter: { ...filter, diedBefore: Math.min(until, filter.diedBefore ?? until) },
    sort: "oldest",
    limit: LIMIT,
    cursor,
  });
  return {
    items: letters.map(({ id, diedAt }) => ({ id, score: diedAt })),
    scanned,
    next: next ?? undefined,
  };
}
