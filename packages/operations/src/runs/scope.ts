import { QUARANTINE } from "@misskeep/processor";
import type { RunScope } from "@misskeep/queue";
import { checkDeadFilter } from "../check-dead-filter.ts";
import { OperationError } from "../errors.ts";

export function processorOf(scope: RunScope): string {
  return "filter" in scope ? scope.filter.processor : scope.processor;
}

/** @throws OperationError `INVALID_RUN`, `INVALID_FILTER` for what cannot be meant */
export function requireScope(scope: RunScope): void {
  if ("filter" in scope) checkDeadFilter(scope.filter);
  if (scope.kind !== "backfill") return;
  const { processor, from, to, types } = scope;
  if (processor === QUARANTINE)
    throw invalid("Quarantine takes what cannot be dispatched; it cannot be backfilled.");
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to)
    throw invalid("A backfill is from one time to a later one.");
  if (types?.length === 0) throw invalid("A backfill is of at least one type.");
}

function invalid(message: string): OperationError {
  return new OperationError("INVALID_RUN", message);
}
