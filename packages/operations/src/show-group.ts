import { type DeadGroupRecord, findDeadGroup } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Context } from "./context.ts";
import type { DeadGroup } from "./dead-group.ts";
import { OperationError } from "./errors.ts";
import { findProcessors } from "./find-processors.ts";
import { toGroupWithExample } from "./read-group.ts";

/** @throws OperationError `GROUP_NOT_FOUND` */
export async function showGroup(context: Context, group: string): Promise<DeadGroup> {
  return toGroupWithExample(context, await requireGroup(context, group));
}

/**
 * Finds whose group it is: its name says it, but not to be read.
 *
 * @throws OperationError `GROUP_NOT_FOUND`
 */
export async function requireGroup(context: Context, group: string): Promise<DeadGroupRecord> {
  const now = await redisTime(context.redis);
  const names = [...(await findProcessors(context)).keys()];
  const found = await Promise.all(names.map((name) => findDeadGroup(context.redis, name, group, now)));
  const record = found.find((each) => each !== undefined);
  if (record) return record;
  throw new OperationError(
    "GROUP_NOT_FOUND",
    `There is no group ${group.slice(0, 64)}: none of its letters is dead any more, or it never was one.`,
  );
}
