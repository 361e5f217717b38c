import { clearGroupResolved, setGroupResolved } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import type { DeadGroup } from "./dead-group.ts";
import { requireGroup, showGroup } from "./show-group.ts";

/**
 * Says that what made a group's letters fail is mended. The letters stay dead until they are replayed or discarded;
 * one that dies later in the same way reopens the group.
 *
 * @throws OperationError `GROUP_NOT_FOUND`
 */
export async function resolveGroup(context: Context, group: string, actor: Actor): Promise<DeadGroup> {
  const { processor, count, lastDiedAt } = await requireGroup(context, group);
  await recordAudit(context, actor, { what: "resolve", target: group, filter: { processor }, count });
  const { by, why } = actor;
  const at = await redisTime(context.redis);
  await setGroupResolved(context.redis, processor, group, { by, why, at, upTo: lastDiedAt });
  return showGroup(context, group);
}

/**
 * Takes that back.
 *
 * @throws OperationError `GROUP_NOT_FOUND`
 */
export async function reopenGroup(context: Context, group: string, actor: Actor): Promise<DeadGroup> {
  const { processor, count } = await requireGroup(context, group);
  await recordAudit(context, actor, { what: "reopen", target: group, filter: { processor }, count });
  await clearGroupResolved(context.redis, processor, group);
  return showGroup(context, group);
}
