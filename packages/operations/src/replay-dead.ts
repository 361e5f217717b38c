import { replayDeadLetter } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import { requireProcessor } from "./find-processors.ts";

export interface ReplayedDead {
  readonly replayed: readonly string[];
  /** Never dead, or replayed or discarded by somebody else meanwhile. */
  readonly notDead: readonly string[];
}

const AT_ONCE = 20;

/**
 * Runs some dead letters again at once, each with all its attempts; what they recorded as steps is not done again.
 * For many there is `startRun`.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function replayDead(
  context: Context,
  processor: string,
  ids: readonly string[],
  actor: Actor,
): Promise<ReplayedDead> {
  await requireProcessor(context, processor);
  const unique = [...new Set(ids)];
  const replayed: string[] = [];
  const notDead: string[] = [];
  await recordAudit(context, actor, {
    what: "replay",
    target: unique.length === 1 ? `${processor}/${unique[0]}` : processor,
    ...(unique.length === 1 ? {} : { filter: { ids: unique } }),
    count: unique.length,
  });
  for (let i = 0; i < unique.length; i += AT_ONCE) {
    const some = unique.slice(i, i + AT_ONCE);
    const ran = await Promise.all(
      some.map((id) => replayDeadLetter(context.redis, context.queues, processor, id)),
    );
    for (const [index, id] of some.entries()) (ran[index] ? replayed : notDead).push(id);
  }
  return { replayed, notDead };
}
