import { type DeadGroupState, listGroups } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { groupsView } from "../views/groups.ts";
import { withContext } from "../with-context.ts";

export interface DeadGroupsOptions extends CommonOptions {
  readonly state?: DeadGroupState;
}

/** `misskeep dead groups [PROCESSOR]` */
export async function deadGroupsCommand(
  deps: Deps,
  processor: string | undefined,
  options: DeadGroupsOptions,
): Promise<void> {
  const { state } = options;
  const groups = await withContext(deps, (context) => listGroups(context, { processor, state }));
  show(deps, options, { groups }, (look) => groupsView(groups, { processor, state }, look));
}
