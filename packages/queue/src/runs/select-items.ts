import { keys, type Redis } from "@misskeep/redis";
import type { Queues } from "../queues.ts";
import { type ItemPage, pageOfSet } from "./page-of-set.ts";
import type { RunScope } from "./run.ts";
import { pageOfBackfill } from "./select-backfill.ts";
import { pageOfLetters } from "./select-letters.ts";

/** Jobs or letters a page; for a backfill each comes with its body. */
const LIMIT = { replay: 500, discard: 500, recover: 500, backfill: 50 } as const;

/**
 * A page of the jobs that a scope means, oldest first.
 *
 * @param until what is newer is not meant, ms since 1970
 * @param cursor as the page before gave it; undefined for the first
 * @throws what the index throws at a filter that it does not understand
 */
export async function selectItems(
  deps: { readonly redis: Redis; readonly queues: Queues },
  scope: RunScope,
  until: number,
  cursor: string | undefined,
): Promise<ItemPage> {
  const limit = LIMIT[scope.kind];
  switch (scope.kind) {
    case "replay":
    case "discard":
      return pageOfLetters(deps, scope.filter, until, cursor, limit);
    case "recover": {
      const { processor, discardRun } = scope;
      const key =
        discardRun === undefined
          ? keys.discarded(processor)
          : keys.runItems(processor, discardRun, "discarded");
      return pageOfSet(deps.redis, key, { min: "-inf", max: until }, cursor, limit);
    }
    case "backfill": {
      const { events, scanned, next } = await pageOfBackfill(deps.redis, scope, until, cursor, limit);
      return { items: events.map(({ id, acceptedAt }) => ({ id, score: acceptedAt })), scanned, next };
    }
  }
}
