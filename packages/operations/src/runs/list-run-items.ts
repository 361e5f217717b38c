import { listItems, type RunItem, type RunItemState } from "@misskeep/queue";
import type { Context } from "../context.ts";
import { fromCursor, toCursor } from "./cursor.ts";
import { requireRun } from "./require-run.ts";

export interface RunItems {
  /** Those whose state changed last come first. */
  readonly items: readonly RunItem[];
  /** Pass it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

/**
 * A page of what became of a run's jobs. Those that it has still before it are not among them.
 *
 * @throws OperationError `RUN_NOT_FOUND`, `INVALID_CURSOR`
 */
export async function listRunItems(
  context: Context,
  id: string,
  page: {
    readonly state?: RunItemState | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
): Promise<RunItems> {
  const { state, limit, cursor } = page;
  const run = await requireRun(context, id);
  const { items, next } = await listItems(context.redis, run, { state, limit, before: fromCursor(cursor) });
  return { items, next: toCursor(next) };
}
