import { reopenGroup, resolveGroup } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { count } from "../text/words.ts";
import { withContext } from "../with-context.ts";

export interface DeadResolveOptions extends CommonOptions {
  readonly why: string;
}

/** `misskeep dead resolve GROUP` */
export async function deadResolveCommand(deps: Deps, id: string, options: DeadResolveOptions): Promise<void> {
  const actor = { by: deps.user, why: options.why };
  const group = await withContext(deps, (context) => resolveGroup(context, id, actor));
  show(deps, options, group, ({ paint }) =>
    [
      `Group ${id} of ${group.processor} is ${paint.green("resolved")}; one more that dies so reopens it.`,
      `Its ${count(group.count, "letter is", "letters are")} dead still.`,
      "",
      paint.dim(`Run them again: misskeep dead replay --group ${id}`),
    ].join("\n"),
  );
}

/** `misskeep dead reopen GROUP` */
export async function deadReopenCommand(deps: Deps, id: string, options: DeadResolveOptions): Promise<void> {
  const actor = { by: deps.user, why: options.why };
  const group = await withContext(deps, (context) => reopenGroup(context, id, actor));
  show(deps, options, group, () => `Group ${id} of ${group.processor} is ${group.state} again.`);
}
