import { listDiscarded } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { discardedView } from "../views/discarded.ts";
import { withContext } from "../with-context.ts";

export interface DeadDiscardedOptions extends CommonOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** `misskeep dead discarded [PROCESSOR]` */
export async function deadDiscardedCommand(
  deps: Deps,
  processor: string | undefined,
  options: DeadDiscardedOptions,
): Promise<void> {
  const { limit, cursor } = options;
  const page = await withContext(deps, (context) => listDiscarded(context, { processor, limit, cursor }));
  show(deps, options, page, (look) => discardedView(page, look));
}
