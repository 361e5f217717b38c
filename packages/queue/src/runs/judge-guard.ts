import type { RunGuard } from "./run.ts";
import type { ItemCounts } from "./stored-run.ts";

/**
 * | verdict | means |
 * |---|---|
 * | a number | so many more may be tried before it is decided |
 * | `wait` | not each of the first ones has ended, failed once or asked to be run later |
 * | `passed` | few enough of them failed |
 * | `failed` | too many did |
 */
export type GuardVerdict = number | "wait" | "passed" | "failed";

/**
 * Judges by how a run's first jobs went whether it may go on. Skipped ones say nothing. One whose handler asked to be
 * run later (`RetryLater`) counts as failed: the target does not take it now, and would take the rest no better.
 */
export function judgeGuard({ first, maxFailed }: RunGuard, items: ItemCounts): GuardVerdict {
  const failed = items.dead + items.failing;
  const tried = failed + items.running + items.handled + items.ignored;
  if (tried < first) return first - tried;
  if (items.running > 0) return "wait";
  return failed * 100 > maxFailed * tried ? "failed" : "passed";
}
