import { keys, type Redis } from "@misskeep/redis";
import { itemKeys } from "./item-states.ts";
import { scripts } from "./scripts.ts";
import type { StoredRun } from "./stored-run.ts";

const AT_ONCE = 100;

/**
 * Looks what became of jobs that a run replayed or added, and records it.
 *
 * @param ids such as are `running` or `failing`
 */
export async function settleItems(
  redis: Redis,
  { processor, id }: Pick<StoredRun, "processor" | "id">,
  ids: readonly string[],
): Promise<void> {
  const queue = (key: string): string => keys.queue(processor, key);
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = ids.slice(i, i + AT_ONCE);
    await scripts.settle.run(
      redis,
      [
        keys.run(processor, id),
        ...itemKeys(processor, id),
        ...["failed", "completed", "delayed", ...some].map(queue),
      ],
      [Date.now(), ...some],
    );
  }
}

/**
 * Looks at jobs that were still on their way: those of an ended or paused run, which nobody follows.
 *
 * @param most how many to look at in each of the two states; others each time, where there are more
 */
export async function settleOpenItems(
  redis: Redis,
  run: Pick<StoredRun, "processor" | "id">,
  most: number,
): Promise<void> {
  for (const state of ["running", "failing"]) {
    const ids = await redis.zrandmember(keys.runItems(run.processor, run.id, state), most);
    await settleItems(redis, run, Array.isArray(ids) ? ids : []);
  }
}
