import { discardDeadLetter } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import type { Context } from "./context.ts";
import { forSomeLetters } from "./some-letters.ts";

export interface DiscardedDead {
  readonly discarded: readonly string[];
  /** Never dead, or replayed or discarded by somebody else meanwhile. */
  readonly notDead: readonly string[];
}

/**
 * Puts some dead letters away. They can be recovered for seven days; meanwhile the same event, dispatched again, runs
 * nothing. For many there is `startRun`.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function discardDead(
  context: Context,
  processor: string,
  ids: readonly string[],
  actor: Actor,
): Promise<DiscardedDead> {
  const note = { ...actor, at: await redisTime(context.redis) };
  const [discarded, notDead] = await forSomeLetters(
    context,
    processor,
    ids,
    { actor, what: "discard" },
    (id) => discardDeadLetter(context.redis, processor, id, note),
  );
  return { discarded, notDead };
}
