import { recoverDeadLetter } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import type { Context } from "./context.ts";
import { forSomeLetters } from "./some-letters.ts";

export interface RecoveredDead {
  readonly recovered: readonly string[];
  /** Never discarded, discarded over seven days ago, or recovered by somebody else meanwhile. */
  readonly notDiscarded: readonly string[];
}

/**
 * Makes some discarded letters dead letters again, as they were. For many there is `startRun`.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function recoverDead(
  context: Context,
  processor: string,
  ids: readonly string[],
  actor: Actor,
): Promise<RecoveredDead> {
  const [recovered, notDiscarded] = await forSomeLetters(
    context,
    processor,
    ids,
    { actor, what: "recover" },
    (id) => recoverDeadLetter(context.redis, processor, id),
  );
  return { recovered, notDiscarded };
}
