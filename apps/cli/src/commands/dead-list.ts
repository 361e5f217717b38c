import { type DeadSort, listDead } from "@misskeep/operations";
import { type DeadFilterOptions, toFilter } from "../dead-filter.ts";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { deadListView } from "../views/dead.ts";
import { withContext } from "../with-context.ts";

export interface DeadListOptions extends CommonOptions, DeadFilterOptions {
  readonly limit: number;
  readonly sort: DeadSort;
  readonly cursor?: string;
}

/** `misskeep dead list [PROCESSOR]` */
export async function deadListCommand(
  deps: Deps,
  processor: string | undefined,
  options: DeadListOptions,
): Promise<void> {
  const { limit, sort, cursor } = options;
  const query = { filter: toFilter(processor, options), sort, limit, cursor };
  const page = await withContext(deps, (context) => listDead(context, query));
  show(deps, options, page, (look) => deadListView(page, query, look));
}
