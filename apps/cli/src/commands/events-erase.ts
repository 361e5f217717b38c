import { erase, type EraseTarget, planErase } from "@misskeep/operations";
import { confirm, type ConfirmOptions } from "../confirm.ts";
import type { Deps } from "../deps.ts";
import { CliError, type SetExitCode } from "../errors.ts";
import { lookOf, show } from "../show.ts";
import { count, number } from "../text/words.ts";
import { erasable, erasePlanView, erasureView, targetText } from "../views/erase.ts";
import { withContext } from "../with-context.ts";

export interface EventsEraseOptions extends ConfirmOptions {
  readonly person?: string;
  readonly note?: string;
  readonly why: string;
  readonly dryRun?: boolean;
}

/** `misskeep events erase --person HANDLE` or `--note ID` */
export async function eventsEraseCommand(
  deps: Deps,
  options: EventsEraseOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const { terminal, user } = deps;
  const target = targetOf(options);
  const onProgress = (scanned: number): void =>
    terminal.passing(`${number(scanned)} events and jobs looked at…`);
  await withContext(deps, async (context) => {
    const plan = await planErase(context, target, onProgress).finally(() => terminal.passing(""));
    if (options.dryRun || erasable(plan) === 0) {
      show(deps, options, { plan, erased: null }, (look) => erasePlanView(plan, look));
      return;
    }
    if (!options.json) terminal.note(`${erasePlanView(plan, lookOf(deps))}\n`);
    const places = erasable(plan);
    await confirm(
      deps,
      options,
      `What ${targetText(plan)} said will be erased in ${count(places, "place")}, for good.`,
      String(places),
    );
    const actor = { by: user, why: options.why };
    const erased = await erase(context, target, actor, onProgress).finally(() => terminal.passing(""));
    if (erased.waiting > 0) setExitCode(1);
    show(deps, options, { plan, erased }, (look) => erasureView(erased, look));
  });
}

function targetOf({ person, note }: EventsEraseOptions): EraseTarget {
  if (person !== undefined) return { person };
  if (note !== undefined) return { note };
  throw new CliError("USAGE", "Say whose: --person @alice@example.tld, or --note <id>.", { exitCode: 2 });
}
