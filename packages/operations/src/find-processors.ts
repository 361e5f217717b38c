import { QUARANTINE } from "@misskeep/processor";
import { findBacklog, listRemoved, listSubscriptions, type ProcessorSubscription } from "@misskeep/queue";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";

/**
 * Every processor that a person may have to look at: the registered ones, quarantine, and removed ones that a
 * dispatcher still gave jobs, as it may for half a minute after the removal. Quarantine comes last.
 */
export async function findProcessors(
  context: Context,
): Promise<ReadonlyMap<string, ProcessorSubscription | undefined>> {
  const [subscriptions, removed] = await Promise.all([
    listSubscriptions(context.redis),
    listRemoved(context.redis),
  ]);
  const found = new Map<string, ProcessorSubscription | undefined>(
    [...subscriptions].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  for (const name of removed.keys()) {
    const { waiting, active, delayed, dead } = await findBacklog(context.queues, name);
    if (!found.has(name) && waiting + active + delayed + dead > 0) found.set(name, undefined);
  }
  found.set(QUARANTINE, undefined);
  return found;
}

/** @throws OperationError `PROCESSOR_NOT_FOUND`, naming those that there are */
export async function requireProcessor(context: Context, name: string): Promise<void> {
  const names = [...(await findProcessors(context)).keys()];
  if (names.includes(name)) return;
  throw new OperationError(
    "PROCESSOR_NOT_FOUND",
    `There is no processor "${name.slice(0, 64)}". There are: ${names.join(", ")}.`,
  );
}
