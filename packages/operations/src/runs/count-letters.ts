import { eventIdOf, readReceivedAt, readTypes, type RunScope, selectItems } from "@misskeep/queue";
import type { Context } from "../context.ts";
import { byCount, type Census } from "./census.ts";
import { processorOf } from "./scope.ts";

/** So many are looked at: less where bodies have to be read, for a search in them or of discarded letters. */
const MOST = { indexed: 200_000, read: 5_000 } as const;

/** Counts the dead or discarded letters that a scope means, without reading their bodies where the index serves. */
export async function countLetters(
  { redis }: Context,
  scope: Exclude<RunScope, { kind: "backfill" }>,
  until: number,
): Promise<Census> {
  const processor = processorOf(scope);
  const readsBodies = scope.kind === "recover" || scope.filter.text !== undefined;
  const most = readsBodies ? MOST.read : MOST.indexed;
  const ids: string[] = [];
  const types = new Map<string | null, number>();
  let oldest: string | undefined;
  let newest: string | undefined;
  let scanned = 0;
  let cursor: string | undefined;
  do {
    const page = await selectItems(redis, scope, until, cursor);
    const some = page.items.map(({ id }) => id);
    for (const type of await readTypes(redis, processor, some)) types.set(type, (types.get(type) ?? 0) + 1);
    for (const id of some) {
      ids.push(id);
      if (oldest === undefined || acceptedAt(id) < acceptedAt(oldest)) oldest = id;
      if (newest === undefined || acceptedAt(id) > acceptedAt(newest)) newest = id;
    }
    scanned += page.scanned;
    cursor = page.next;
  } while (cursor !== undefined && scanned < most);
  const receivedAt = async (id: string | undefined): Promise<number | null> =>
    id === undefined ? null : ((await readReceivedAt(redis, processor, id)) ?? acceptedAt(id));
  return {
    ids,
    total: ids.length,
    complete: cursor === undefined,
    byType: byCount(types),
    oldestReceivedAt: await receivedAt(oldest),
    newestReceivedAt: await receivedAt(newest),
    alreadyThere: null,
  };
}

/** An event's id tells when it came into the inbox: mostly some ms after its receipt. */
function acceptedAt(jobId: string): number {
  return Number(eventIdOf(jobId).split("-")[1]);
}
