import { type DeadGroupRecord, findDeadLetter } from "@misskeep/queue";
import type { Context } from "./context.ts";
import type { DeadGroup, DeadGroupState } from "./dead-group.ts";
import { readLoaded } from "./event-summary.ts";

/** A group as people see it, without an example. */
export function toGroup(record: DeadGroupRecord): DeadGroup {
  const { name, code, newest: _, resolved, ...rest } = record;
  return {
    ...rest,
    error: { name, code },
    example: null,
    state: stateOf(record),
    resolved: resolved && { by: resolved.by, why: resolved.why, at: resolved.at },
  };
}

/** The same with its newest letter, whose body has to be read. */
export async function toGroupWithExample(
  { redis, queues }: Context,
  record: DeadGroupRecord,
): Promise<DeadGroup> {
  const letter = await findDeadLetter(redis, queues, record.processor, record.newest);
  const example = letter && {
    id: letter.id,
    message: letter.error.message,
    event: readLoaded(letter.event).summary,
  };
  return { ...toGroup(record), example: example ?? null };
}

/** Computed, so that no letter that dies has to be noticed by anybody for its group to be reopened. */
function stateOf({ resolved, lastDiedAt }: DeadGroupRecord): DeadGroupState {
  if (resolved === null) return "open";
  return lastDiedAt > resolved.upTo ? "reopened" : "resolved";
}
