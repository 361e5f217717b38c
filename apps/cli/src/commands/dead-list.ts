import { listDead } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { deadListView } from "../views/dead.ts";
import { withContext } from "../with-context.ts";

export interface DeadListOptions extends CommonOptions {
  readonly limit: number;
  readonly offset: number;
}

/** `misskeep dead list [PROCESSOR]` */
export async function deadListCommand(
  deps: Deps,
  processor: string | undefined,
  options: DeadListOptions,
): Promise<void> {
  const { limit, offset } = options;
  const page = await withContext(deps, (context) => listDead(context, { processor, limit, offset }));
  show(deps, options, page, (look) => deadListView(page, processor, look));
}
