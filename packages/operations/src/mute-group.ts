import { setGroupMuted } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import type { DeadGroup } from "./dead-group.ts";
import { requireGroup, showGroup } from "./show-group.ts";

/**
 * Keeps alerts about a group away until a moment; null lets them come again.
 *
 * @param until ms since 1970
 * @throws OperationError `GROUP_NOT_FOUND`
 */
export async function muteGroup(
  context: Context,
  group: string,
  until: number | null,
  actor: Actor,
): Promise<DeadGroup> {
  const { processor } = await requireGroup(context, group);
  const what = until === null ? "unmute" : "mute";
  await recordAudit(context, actor, { what, target: group, filter: { processor, until } });
  await setGroupMuted(context.redis, processor, group, until);
  return showGroup(context, group);
}
