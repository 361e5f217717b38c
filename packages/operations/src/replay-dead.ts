import { replayDeadLetter } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import type { Context } from "./context.ts";
import { forSomeLetters } from "./some-letters.ts";

export interface ReplayedDead {
  readonly replayed: readonly string[];
  /** Never dead, or replayed or discarded by somebody else meanwhile. */
  readonly notDead: readonly string[];
}

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
  const { redis, queues } = context;
  const how = { actor, what: "replay" } as const;
  const [replayed, notDead] = await forSomeLetters(context, processor, ids, how, (id) =>
    replayDeadLetter(redis, queues, processor, id),
  );
  return { replayed, notDead };
}
