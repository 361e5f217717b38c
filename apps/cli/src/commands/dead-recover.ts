import { recoverDead, showRun } from "@misskeep/operations";
import type { Deps } from "../deps.ts";
import { CliError, type SetExitCode } from "../errors.ts";
import { refuseRunOptions, type RunOptions, runScope } from "../run-scope.ts";
import { show } from "../show.ts";
import { oneLine } from "../text/safe.ts";
import { withContext } from "../with-context.ts";

export interface DeadRecoverOptions extends RunOptions {
  readonly all?: boolean;
  readonly run?: string;
}

/** `misskeep dead recover PROCESSOR ID...`: at once; with --all or --run: a run. */
export async function deadRecoverCommand(
  deps: Deps,
  processor: string,
  ids: readonly string[],
  options: DeadRecoverOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const { all = false, run: discardRun } = options;
  if ([ids.length > 0, all, discardRun !== undefined].filter(Boolean).length !== 1)
    throw new CliError(
      "USAGE",
      "Say which ones: their ids (`misskeep dead discarded`), --run <run>, or --all.",
      { exitCode: 2 },
    );
  await withContext(deps, async (context) => {
    // A run that never was has discarded nothing; better to say so.
    if (discardRun !== undefined) await showRun(context, discardRun);
    if (ids.length === 0)
      return runScope(deps, context, { kind: "recover", processor, discardRun }, options, setExitCode);
    refuseRunOptions(options);
    const result = await recoverDead(context, processor, ids, { by: deps.user, why: options.why });
    if (result.notDiscarded.length > 0) setExitCode(1);
    show(deps, options, { processor, ...result }, ({ paint }) =>
      [
        ...result.recovered.map((id) => `${paint.green("dead again")}     ${id}`),
        ...result.notDiscarded.map((id) => `${paint.yellow("not discarded")}  ${oneLine(id)}`),
        ...(result.recovered.length > 0
          ? [paint.dim(`Run it again: misskeep dead replay ${processor} ${result.recovered[0]}`)]
          : []),
      ].join("\n"),
    );
  });
}
