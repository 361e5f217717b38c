import { keys, type Redis } from "@misskeep/redis";
import type { DeadFilter } from "../dead-filter.ts";
import type { Queues } from "../queues.ts";
import { type ItemPage, pageOfSet } from "./page-of-set.ts";

/** A page of the dead letters that a filter means, by when they died. */
export async function pageOfLetters(
  { redis }: { readonly redis: Redis; readonly queues: Queues },
  filter: DeadFilter & { readonly processor: string },
  until: number,
  cursor: string | undefined,
  limit: number,
): Promise<ItemPage> {
  const { processor } = filter;
  return pageOfSet(redis, keys.queue(processor, "failed"), { min: "-inf", max: until }, cursor, limit);
}
