import { showDead, showGroup } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { show } from "../show.ts";
import { deadLetterView } from "../views/dead-letter.ts";
import { groupView } from "../views/groups.ts";
import { withContext } from "../with-context.ts";

export interface DeadShowOptions extends CommonOptions {
  readonly raw?: boolean;
  readonly content?: boolean;
}

/** `misskeep dead show PROCESSOR ID`, or `misskeep dead show GROUP` */
export async function deadShowCommand(
  deps: Deps,
  what: string,
  id: string | undefined,
  options: DeadShowOptions,
): Promise<void> {
  const { raw, content } = options;
  if (id === undefined) {
    if (!/^[0-9a-f]{12}$/.test(what))
      throw new CliError(
        "USAGE",
        "Say which one: a processor and an id (`misskeep dead list`), or a group (`misskeep dead groups`).",
        { exitCode: 2 },
      );
    const group = await withContext(deps, (context) => showGroup(context, what));
    show(deps, options, group, (look) => groupView(group, look));
    return;
  }
  const letter = await withContext(deps, (context) => showDead(context, what, id, { raw, content }));
  show(deps, options, letter, (look) => deadLetterView(letter, look));
}
