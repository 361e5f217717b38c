import { keys, type Redis } from "@misskeep/redis";
import { indexDeadLetter } from "./dead-index/update-letters.ts";
import { scripts } from "./scripts.ts";

/**
 * Makes a discarded letter a dead letter again, with the time of its death.
 *
 * @param discardRun what another run or a person discarded is not meant
 * @returns false if it is not discarded (any more), or by somebody else
 */
export async function recoverDeadLetter(
  redis: Redis,
  processor: string,
  id: string,
  discardRun?: string,
): Promise<boolean> {
  const places = [keys.queue(processor, "failed"), keys.queue(processor, id), keys.discarded(processor)];
  if ((await scripts.recover.run(redis, places, [id, discardRun ?? ""])) !== 1) return false;
  // It is a dead letter again, whatever becomes of the index: a worker's next look at that mends it.
  await indexDeadLetter(redis, processor, id).catch(() => undefined);
  return true;
}
