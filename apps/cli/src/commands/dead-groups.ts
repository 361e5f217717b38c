import { type DeadGroupState, listGroups, listProcessors } from "@misskeep/operations";
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
  const { groups, dead } = await withContext(deps, async (context) => ({
    groups: await listGroups(context, { processor, state }),
    dead: (await listProcessors(context))
      .filter(({ name }) => processor === undefined || name === processor)
      .reduce((sum, each) => sum + each.dead, 0),
  }));
  show(deps, options, { groups }, (look) => groupsView(groups, { processor, state, dead }, look));
}
