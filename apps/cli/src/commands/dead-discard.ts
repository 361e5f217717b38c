import { type Context, discardDead } from "@misskeep/operations";
import { confirm } from "../confirm.ts";
import type { DeadFilterOptions } from "../dead-filter.ts";
import type { Deps } from "../deps.ts";
import { CliError, type SetExitCode } from "../errors.ts";
import { refuseRunOptions, type RunOptions, runScope } from "../run-scope.ts";
import { show } from "../show.ts";
import { oneLine } from "../text/safe.ts";
import { count } from "../text/words.ts";
import { whichLetters } from "../which-letters.ts";
import { withContext } from "../with-context.ts";

export interface DeadDiscardOptions extends RunOptions, DeadFilterOptions {
  readonly all?: boolean;
}

/** `misskeep dead discard PROCESSOR ID... --why TEXT`; by conditions: a run. */
export async function deadDiscardCommand(
  deps: Deps,
  processor: string | undefined,
  ids: readonly string[],
  options: DeadDiscardOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  if (options.why.trim() === "")
    throw new CliError("USAGE", "--why has to say why: whoever finds it put away will ask.", { exitCode: 2 });
  await withContext(deps, async (context) => {
    const letters = await whichLetters(context, processor, ids, options);
    if ("ids" in letters) return discardSome(deps, context, letters, options, setExitCode);
    return runScope(deps, context, { kind: "discard", filter: letters.filter }, options, setExitCode);
  });
}

async function discardSome(
  deps: Deps,
  context: Context,
  { processor, ids }: { readonly processor: string; readonly ids: readonly string[] },
  options: DeadDiscardOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  refuseRunOptions(options);
  const letters = count(new Set(ids).size, "dead letter");
  await confirm(
    deps,
    options,
    `${letters} of ${processor} will be put away; for 7 days that can be taken back.`,
  );
  const result = await discardDead(context, processor, ids, { by: deps.user, why: options.why });
  if (result.notDead.length > 0) setExitCode(1);
  show(deps, options, { processor, ...result }, ({ paint }) =>
    [
      ...result.discarded.map((id) => `${paint.green("discarded")}  ${id}`),
      ...result.notDead.map((id) => `${paint.yellow("not dead")}   ${oneLine(id)}`),
      ...(result.discarded.length > 0
        ? [paint.dim(`Take it back: misskeep dead recover ${processor} ${result.discarded[0]}`)]
        : []),
    ].join("\n"),
  );
}
