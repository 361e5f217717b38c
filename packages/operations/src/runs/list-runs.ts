import { listRuns as read, type Run } from "@misskeep/queue";
import type { Context } from "../context.ts";
import { requireProcessor } from "../find-processors.ts";
import { fromCursor, toCursor } from "./cursor.ts";

export interface RunPage {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** Pass it as `cursor` for the next page; null at the end. */
  readonly next: string | null;
}

/**
 * A page of runs: those that are under way, and those that ended within 14 days.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `INVALID_CURSOR`
 */
export async function listRuns(
  context: Context,
  page: {
    readonly processor?: string | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
): Promise<RunPage> {
  const { processor, limit, cursor } = page;
  if (processor !== undefined) await requireProcessor(context, processor);
  const { runs, next } = await read(context.redis, { processor, limit, before: fromCursor(cursor) });
  return { runs, next: toCursor(next) };
}
