import { findStoredRun, type StoredRun } from "@misskeep/queue";
import type { Context } from "../context.ts";
import { OperationError } from "../errors.ts";

/** @throws OperationError `RUN_NOT_FOUND` */
export async function requireRun({ redis }: Context, id: string): Promise<StoredRun> {
  return (await findStoredRun(redis, id)) ?? runNotFound(id);
}

export function runNotFound(id: string): never {
  throw new OperationError(
    "RUN_NOT_FOUND",
    `There is no run "${id.slice(0, 64)}". One that ended is kept for 14 days.`,
  );
}
