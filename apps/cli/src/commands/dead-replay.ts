import { type Context, listProcessors, planReplay, replayDead, replayPlan } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError, type SetExitCode } from "../errors.ts";
import { show } from "../show.ts";
import { oneLine } from "../text/safe.ts";
import { count } from "../text/words.ts";
import { withContext } from "../with-context.ts";

export interface DeadReplayOptions extends CommonOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
}

/** `misskeep dead replay PROCESSOR ID...` or `--all` */
export async function deadReplayCommand(
  deps: Deps,
  processor: string,
  ids: readonly string[],
  options: DeadReplayOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  if ((options.all === true) === ids.length > 0) {
    throw new CliError("USAGE", "Say which ones: their ids (`misskeep dead list`), or --all.", {
      exitCode: 2,
    });
  }
  await withContext(deps, async (context) => {
    if (options.all) await replayAll(deps, context, processor, options);
    else await replaySome(deps, context, processor, ids, options, setExitCode);
  });
}

async function replaySome(
  deps: Deps,
  context: Context,
  processor: string,
  ids: readonly string[],
  options: DeadReplayOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const result = await replayDead(context, processor, ids);
  if (result.notDead.length > 0) setExitCode(1);
  const after = await whatStops(context, processor);
  show(deps, options, { processor, ...result }, ({ paint }) =>
    [
      ...result.replayed.map((id) => `${paint.green("replayed")}  ${id}`),
      ...result.notDead.map((id) => `${paint.yellow("not dead")}  ${oneLine(id)}`),
      ...(result.replayed.length > 0 ? after : []),
      ...(result.replayed.length > 0
        ? [paint.dim(`What becomes of one: misskeep events show ${result.replayed[0]}`)]
        : []),
    ].join("\n"),
  );
}

async function replayAll(
  deps: Deps,
  context: Context,
  processor: string,
  options: DeadReplayOptions,
): Promise<void> {
  const { terminal } = deps;
  const plan = await planReplay(context, processor);
  const letters = count(plan.dead, "dead letter");
  if (plan.dead > 0 && !options.yes) {
    const question = `${letters} of ${processor} will run again.`;
    if (options.json || !terminal.interactive) {
      throw new CliError("CONFIRMATION_NEEDED", `${question} Add --yes to do it.`, { exitCode: 2 });
    }
    if (!(await terminal.confirm(`${question} Go on?`))) {
      throw new CliError("NOT_CONFIRMED", "Nothing was replayed.");
    }
  }
  const tell = (replayed: number): void => {
    if (!options.json && plan.dead > CHUNK)
      terminal.note(`${count(replayed, "letter")} of ${plan.dead} replayed …`);
  };
  const result = await replayPlan(context, plan, tell, CHUNK);
  const after = result.replayed > 0 ? await whatStops(context, processor) : [];
  show(deps, options, { processor, ...result }, () =>
    [
      plan.dead === 0
        ? `No dead letters of ${processor}.`
        : `${count(result.replayed, "dead letter")} of ${processor} replayed.`,
      ...(result.notDead > 0
        ? [`${count(result.notDead, "letter")} not replayed: no longer dead, or the job is gone.`]
        : []),
      ...after,
    ].join("\n"),
  );
}

const CHUNK = 100;

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
