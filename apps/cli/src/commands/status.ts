import { overview } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { statusView } from "../views/status.ts";
import { withContext } from "../with-context.ts";

/** `misskeep status` */
export async function statusCommand(deps: Deps, options: CommonOptions): Promise<void> {
  const { durability } = await deps.settings();
  const found = await withContext(deps, overview);
  show(deps, options, found, (look) => statusView(found, durability, look), found.at);
}
