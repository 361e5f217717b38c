import { type Context, planRun, type RunGuard, type RunScope, startRun } from "@misskeep/operations";
import { confirm, type ConfirmOptions } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import { CliError, type SetExitCode } from "./errors.ts";
import { exitCodeOf, type Followed, followRun } from "./follow-run.ts";
import { lookOf, show } from "./show.ts";
import { planSentence, planView } from "./views/plan.ts";
import { followedView } from "./views/run.ts";

/** How a run goes, as options give it. */
export interface RunOptions extends ConfirmOptions {
  readonly why: string;
  readonly name?: string;
  readonly rate?: number;
  readonly try?: number;
  readonly maxFailed?: number;
  readonly dryRun?: boolean;
  readonly detach?: boolean;
}

/**
 * Plans a run, shows the plan, asks, starts the run and watches it to its end. What happens is recorded, and the
 * run goes on, whatever becomes of this process.
 *
 * @throws CliError `RUN_ACTIVE`, `NEEDS_YES`, `NOT_CONFIRMED`, `USAGE`
 */
export async function runScope(
  deps: Deps,
  context: Context,
  scope: RunScope,
  options: RunOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const { terminal } = deps;
  const guard = guardOf(options);
  const ratePerSecond = options.rate ?? null;
  terminal.passing("Counting…");
  const plan = await planRun(context, scope).finally(() => terminal.passing(""));
  const { processor } = plan;
  if (options.dryRun || plan.total === 0) {
    show(deps, options, { processor, plan, run: null }, (look) =>
      planView(plan, { ratePerSecond, guard }, look),
    );
    return;
  }
  if (plan.activeRun !== null)
    throw new CliError(
      "RUN_ACTIVE",
      `Run ${plan.activeRun} is under way for ${processor}, and only one may be. ` +
        `Watch it: misskeep runs show ${plan.activeRun} --watch. End it: misskeep runs cancel ${plan.activeRun}`,
    );
  if (!options.json) {
    // Beside the result, so that it is seen, too, where stdout goes into a file.
    terminal.note(`${planView(plan, { ratePerSecond, guard }, lookOf(deps))}\n`);
  }
  const typed = scope.kind === "discard" ? String(plan.total) : undefined;
  await confirm(deps, options, planSentence(plan), typed);
  const { until, total } = plan;
  const request = { scope, name: options.name ?? groupName(scope), until, total, ratePerSecond, guard };
  const started = await startRun(context, request, { by: deps.user, why: options.why });
  if (!options.json) terminal.note(`Run ${started.id} is under way; the workers execute it.`);
  const followed: Followed = options.detach
    ? { run: started, left: "detached" }
    : await followRun(context, started.id, options.json ? undefined : terminal);
  setExitCode(exitCodeOf(followed));
  show(deps, options, { processor, plan, run: followed.run }, (look) => followedView(followed, look));
}

/**
 * Options of a run mean nothing where letters are named one by one, and --dry-run least of all may be overlooked.
 *
 * @throws CliError `USAGE`
 */
export function refuseRunOptions(options: RunOptions): void {
  const { name, rate, try: first, maxFailed, dryRun, detach } = options;
  const found = Object.entries({ name, rate, try: first, "max-failed": maxFailed, "dry-run": dryRun, detach })
    .filter(([, value]) => value !== undefined)
    .map(([option]) => `--${option}`);
  if (found.length === 0) return;
  const message = `${found.join(", ")}: only for a run, which means letters by conditions or --all, not by their ids.`;
  throw new CliError("USAGE", message, { exitCode: 2 });
}

/** A run on a group is told from others by the group; else the default names it. */
function groupName(scope: RunScope): string {
  if (!("filter" in scope) || scope.filter.group === undefined) return "";
  const verb = scope.kind === "replay" ? "Replay" : "Discard";
  return `${verb} group ${scope.filter.group} of ${scope.filter.processor}`;
}

function guardOf(options: RunOptions): RunGuard | null {
  if (options.try !== undefined) return { first: options.try, maxFailed: options.maxFailed ?? 0 };
  if (options.maxFailed === undefined) return null;
  throw new CliError("USAGE", "--max-failed says how many of the first ones may fail: add --try <n>.", {
    exitCode: 2,
  });
}
