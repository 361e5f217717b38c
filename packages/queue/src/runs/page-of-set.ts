import type { Redis } from "@misskeep/redis";
import { pageByScore, type Scored } from "./page-by-score.ts";

/** Jobs that a run means. */
export interface ItemPage {
  /** `score`: when it died, was discarded or came into the inbox, ms since 1970. */
  readonly items: readonly Scored[];
  /** How many were looked at for them. */
  readonly scanned: number;
  /** undefined at the end */
  readonly next: string | undefined;
}

/** A page of a whole sorted set. */
export async function pageOfSet(
  redis: Redis,
  key: string,
  range: { readonly min: number | string; readonly max: number | string },
  cursor: string | undefined,
  limit: number,
): Promise<ItemPage> {
  const after = cursor === undefined ? undefined : (JSON.parse(cursor) as Scored);
  const items = await pageByScore(redis, key, { ...range, after }, limit);
  const last = items.at(-1);
  return { items, scanned: items.length, next: last && JSON.stringify(last) };
}
