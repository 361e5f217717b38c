import { type Context, eventIdOf, listProcessors, replayDead } from "@misskeep/operations";
import type { DeadFilterOptions } from "../dead-filter.ts";
import type { Deps } from "../deps.ts";
import type { SetExitCode } from "../errors.ts";
import { refuseRunOptions, type RunOptions, runScope } from "../run-scope.ts";
import { show } from "../show.ts";
import { oneLine } from "../text/safe.ts";
import { whichLetters } from "../which-letters.ts";
import { withContext } from "../with-context.ts";

export interface DeadReplayOptions extends RunOptions, DeadFilterOptions {
  readonly all?: boolean;
}

/** `misskeep dead replay PROCESSOR ID...`: at once; by conditions: a run. */
export async function deadReplayCommand(
  deps: Deps,
  processor: string | undefined,
  ids: readonly string[],
  options: DeadReplayOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  await withContext(deps, async (context) => {
    const letters = await whichLetters(context, processor, ids, options);
    if ("ids" in letters) return replaySome(deps, context, letters, options, setExitCode);
    return runScope(deps, context, { kind: "replay", filter: letters.filter }, options, setExitCode);
  });
}

async function replaySome(
  deps: Deps,
  context: Context,
  { processor, ids }: { readonly processor: string; readonly ids: readonly string[] },
  options: DeadReplayOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  refuseRunOptions(options);
  const result = await replayDead(context, processor, ids, { by: deps.user, why: options.why });
  if (result.notDead.length > 0) setExitCode(1);
  const after = await whatStops(context, processor);
  show(deps, options, { processor, ...result }, ({ paint }) =>
    [
      ...result.replayed.map((id) => `${paint.green("replayed")}  ${id}`),
      ...result.notDead.map((id) => `${paint.yellow("not dead")}  ${oneLine(id)}`),
      ...(result.replayed.length > 0 ? after.map(paint.yellow) : []),
      ...(result.replayed.length > 0
        ? [paint.dim(`What becomes of one: misskeep events show ${eventIdOf(result.replayed[0] ?? "")}`)]
        : []),
    ].join("\n"),
  );
}

/** Why nothing may happen after a replay. */
async function whatStops(context: Context, processor: string): Promise<string[]> {
  const found = (await listProcessors(context)).find(({ name }) => name === processor);
  return [
    ...(found?.paused
      ? [`${processor} is paused: they wait until \`misskeep processors resume ${processor}\`.`]
      : []),
    ...(found?.workers === 0 ? [`No live worker runs ${processor}: they wait until one starts.`] : []),
  ];
}
