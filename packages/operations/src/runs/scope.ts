import type { RunScope } from "@misskeep/queue";
import { OperationError } from "../errors.ts";

export function processorOf(scope: RunScope): string {
  return "filter" in scope ? scope.filter.processor : scope.processor;
}

/** @throws OperationError `INVALID_RUN` for what cannot be meant */
export function requireScope(scope: RunScope): void {
  if (scope.kind !== "backfill") return;
  const { from, to, types } = scope;
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to)
    throw new OperationError("INVALID_RUN", "A backfill is from one time to a later one.");
  if (types?.length === 0) throw new OperationError("INVALID_RUN", "A backfill is of at least one type.");
}
