import { type Context, listProcessors, planRun, replayDead, startRun } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError, type SetExitCode } from "../errors.ts";
import { type Followed, followRun, itemsText } from "../follow-run.ts";
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
    if (options.all) await replayAll(deps, context, processor, options, setExitCode);
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
  const result = await replayDead(context, processor, ids, { by: deps.user, why: "" });
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
  setExitCode: SetExitCode,
): Promise<void> {
  const { terminal } = deps;
  const plan = await planRun(context, { kind: "replay", filter: { processor } });
  if (plan.total === 0) {
    show(deps, options, { processor, run: null }, () => `No dead letters of ${processor}.`);
    return;
  }
  if (!options.yes) {
    const question = `${count(plan.total, "dead letter")} of ${processor} will run again.`;
    if (options.json || !terminal.interactive) {
      throw new CliError("CONFIRMATION_NEEDED", `${question} Add --yes to do it.`, { exitCode: 2 });
    }
    if (!(await terminal.confirm(`${question} Go on?`))) {
      throw new CliError("NOT_CONFIRMED", "Nothing was replayed.");
    }
  }
  const { scope, until, total } = plan;
  const started = await startRun(
    context,
    { scope, name: `Replay all of ${processor}`, until, total, ratePerSecond: null, guard: null },
    { by: deps.user, why: "" },
  );
  if (!options.json) terminal.note(`Run ${started.id} is under way; the workers execute it.`);
  const { run, left } = await followRun(context, started.id, options.json ? undefined : terminal);
  if (run.items.dead > 0) setExitCode(1);
  const after = await whatStops(context, processor);
  show(deps, options, { processor, run }, () =>
    [
      `${run.done} of ${count(run.total, "dead letter")}: ${itemsText(run)}.`,
      ...leftText(left),
      ...after,
    ].join("\n"),
  );
}

function leftText(left: Followed["left"]): string[] {
  switch (left) {
    case undefined:
      return [];
    case "interrupted":
      return ["No longer watched; the run goes on in the workers."];
    case "no-worker":
      return ["No live worker: the run waits until one starts."];
    case "waits":
      return ["The run waits for a person."];
  }
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
