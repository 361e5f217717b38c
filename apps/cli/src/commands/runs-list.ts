import { listRuns } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { runsView } from "../views/run.ts";
import { withContext } from "../with-context.ts";

export interface RunsListOptions extends CommonOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** `misskeep runs list [PROCESSOR]` */
export async function runsListCommand(
  deps: Deps,
  processor: string | undefined,
  options: RunsListOptions,
): Promise<void> {
  const { limit, cursor } = options;
  const page = await withContext(deps, (context) => listRuns(context, { processor, limit, cursor }));
  show(deps, options, page, (look) => runsView(page, look));
}
