import type { RunPlan } from "./run.ts";

/** What was counted for a plan. */
export interface Census extends Pick<
  RunPlan,
  "total" | "complete" | "byType" | "oldestReceivedAt" | "newestReceivedAt" | "alreadyThere"
> {
  /** Of the jobs or events. */
  readonly ids: readonly string[];
}

/** Most first. */
export function byCount(types: ReadonlyMap<string | null, number>): RunPlan["byType"] {
  return [...types].map(([type, count]) => ({ type, count })).toSorted((a, b) => b.count - a.count);
}
