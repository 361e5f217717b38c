import { listWorkers } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { workersView } from "../views/workers.ts";
import { withContext } from "../with-context.ts";

/** `misskeep workers list` */
export async function workersListCommand(deps: Deps, options: CommonOptions): Promise<void> {
  const workers = await withContext(deps, listWorkers);
  show(deps, options, { workers }, (look) => workersView(workers, look));
}
