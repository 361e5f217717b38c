import { QUARANTINE } from "@misskeep/processor";
import { findBacklog, listRemoved, listSubscriptions, type ProcessorSubscription } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";

/**
 * Every processor that a person may have to look at: the registered ones, quarantine, and removed ones that still
 * have jobs: a dispatcher may give them some for half a minute after the removal, and discarded letters can be
 * recovered. Quarantine comes last.
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
    if (!found.has(name) && (await hasJobs(context, name))) found.set(name, undefined);
  }
  found.set(QUARANTINE, undefined);
  return found;
}

async function hasJobs({ redis, queues }: Context, name: string): Promise<boolean> {
  const [{ waiting, active, delayed, dead }, discarded] = await Promise.all([
    findBacklog(queues, name),
    redis.zcard(keys.discarded(name)),
  ]);
  return waiting + active + delayed + dead + discarded > 0;
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
