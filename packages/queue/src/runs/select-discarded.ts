import { keys, type Redis } from "@misskeep/redis";
import { nextMembers, type Place } from "../dead-index/walk.ts";
import type { RunScope } from "./run.ts";
import type { SelectedPage } from "./selected-page.ts";

const LIMIT = 500;

/** A page of the discarded letters that a scope means, by when they were discarded. */
export async function pageOfDiscarded(
  redis: Redis,
  { processor, discardRun }: Extract<RunScope, { kind: "recover" }>,
  until: number,
  cursor: string | undefined,
): Promise<SelectedPage> {
  const { members, ended } = await nextMembers(
    redis,
    discardRun === undefined ? keys.discarded(processor) : keys.runItems(processor, discardRun, "discarded"),
    {
      descending: false,
      most: until,
      chunk: LIMIT,
      after: cursor === undefined ? undefined : (JSON.parse(cursor) as Place),
    },
  );
  return {
    items: members,
    scanned: members.length,
    next: ended ? undefined : JSON.stringify(members.at(-1)),
  };
}
