import { QUARANTINE } from "@misskeep/processor";
import {
  findActiveRun,
  findBacklog,
  listWorkers,
  removeSubscription,
  resumeProcessor,
} from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { requireProcessor } from "./find-processors.ts";

export interface RemovedProcessor {
  readonly processor: string;
  /** How many live workers still have it: when they start again, it comes back. */
  readonly workers: number;
}

/**
 * Ends a processor's subscription, so that it gets no more events. Workers that run it do not bring it back; one
 * that starts later does.
 *
 * Letters that were discarded do not hinder it; they can still be recovered for as long as they are kept.
 *
 * A dispatcher that has read its batch before may add jobs for half a minute more; `listProcessors` shows them.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `PROCESSOR_BUILT_IN`, or `PROCESSOR_IN_USE` while it has jobs that
 *   are not ended, dead letters, or a run that is under way
 */
export async function removeProcessor(
  context: Context,
  processor: string,
  actor: Actor,
): Promise<RemovedProcessor> {
  if (processor === QUARANTINE) {
    throw new OperationError(
      "PROCESSOR_BUILT_IN",
      "Quarantine is built in: it takes what cannot be dispatched.",
    );
  }
  await requireProcessor(context, processor);
  const { redis, queues } = context;
  await requireUnused(context, processor);
  await recordAudit(context, actor, { what: "remove-processor", target: processor });
  const removed = await removeSubscription(redis, processor);
  try {
    // Jobs may have come while the subscription still stood.
    await requireUnused(context, processor);
  } catch (error) {
    await removed?.restore();
    throw error;
  }
  // A pause would outlive it, and surprise whoever brings it back.
  await resumeProcessor(redis, queues, processor);
  const workers = await listWorkers(redis);
  const having = workers.filter(({ live, processors }) => live && processors.includes(processor));
  return { processor, workers: having.length };
}

async function requireUnused({ redis, queues }: Context, processor: string): Promise<void> {
  const run = await findActiveRun(redis, processor);
  if (run !== undefined)
    throw new OperationError(
      "PROCESSOR_IN_USE",
      `Run ${run} is under way for ${processor}, so it cannot be removed. Wait for the run's end, or cancel it.`,
    );
  const { waiting, active, delayed, dead } = await findBacklog(queues, processor);
  const counts = { waiting, active, delayed, dead };
  const left = Object.entries(counts).filter(([, count]) => count > 0);
  if (left.length === 0) return;
  const list = left.map(([state, count]) => `${count} ${state}`).join(", ");
  throw new OperationError(
    "PROCESSOR_IN_USE",
    `${processor} still has jobs (${list}), so it cannot be removed.`,
  );
}
