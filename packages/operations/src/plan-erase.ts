import { findDispatchState } from "@misskeep/inbox";
import type { Context } from "./context.ts";
import { findContent } from "./find-content.ts";
import { type EraseTarget, matcherOf } from "./matches-target.ts";

/** How much holds content of somebody, or how much of it was erased. */
export interface ErasePlan {
  readonly target: EraseTarget;
  /** Entries of the inbox. */
  readonly inbox: number;
  /** Jobs that wait, wait to be tried again, or ended well. */
  readonly jobs: number;
  readonly dead: number;
  readonly discarded: number;
  /** Entries that are not dispatched yet, and jobs that run now: they can be erased a moment later. */
  readonly waiting: number;
  /** How many entries and jobs were looked at. */
  readonly scanned: number;
}

/**
 * Counts what an erasure would erase. Reads every body in the inbox and of every job.
 *
 * @param onProgress told now and then how many entries and jobs were looked at
 * @throws OperationError `INVALID_TARGET`
 */
export async function planErase(
  context: Context,
  target: EraseTarget,
  onProgress: (scanned: number) => void = () => {},
): Promise<ErasePlan> {
  const matches = matcherOf(target);
  const counts = { inbox: 0, jobs: 0, dead: 0, discarded: 0, waiting: 0, scanned: 0 };
  const onScanned = (scanned: number): void => {
    counts.scanned = scanned;
    onProgress(scanned);
  };
  for await (const holders of findContent(context, matches, { onScanned }))
    for (const holder of holders) {
      if (holder.kind === "job") counts[COUNTED[holder.job]] += 1;
      else counts[await placeOf(context, holder.id)] += 1;
    }
  return { target, ...counts };
}

async function placeOf({ redis }: Context, id: string): Promise<"inbox" | "waiting"> {
  return (await findDispatchState(redis, id)) === "dispatched" ? "inbox" : "waiting";
}

/** Where a job is counted. */
const COUNTED = { dead: "dead", discarded: "discarded", other: "jobs", active: "waiting" } as const;
