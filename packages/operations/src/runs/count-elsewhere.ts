import { QUARANTINE } from "@misskeep/processor";
import { eventIdOf } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import type { Context } from "../context.ts";
import { findProcessors } from "../find-processors.ts";
import type { RunPlan } from "./run.ts";

const SAMPLE = 200;

/**
 * Of some events, how many ended handled at another processor: whether it is the event that fails, or the processor.
 * Jobs that ended well are kept for a day, so that of older events nothing is known.
 *
 * @returns null where no other processor has any of them
 */
export async function countElsewhere(
  context: Context,
  processor: string,
  ids: readonly string[],
): Promise<RunPlan["handledElsewhere"]> {
  const { redis } = context;
  const others = [...(await findProcessors(context)).keys()].filter(
    (name) => name !== processor && name !== QUARANTINE,
  );
  const sample = spread(ids, SAMPLE).map(eventIdOf);
  let known = 0;
  let handled = 0;
  for (const id of sample) {
    const fields = await Promise.all(
      others.map((name) => redis.hmget(keys.queue(name, id), "timestamp", "mk:outcome")),
    );
    if (fields.some(([timestamp]) => timestamp)) known += 1;
    if (fields.some(([, outcome]) => outcome && isHandled(outcome))) handled += 1;
  }
  return known === 0 ? null : { sampled: sample.length, handled };
}

function isHandled(outcome: string): boolean {
  return (JSON.parse(outcome) as { type?: string }).type === "handled";
}

/** At most so many, evenly over the whole. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)] as T);
}
