import { cancelRun, pauseRun, resumeRun, showRun } from "@misskeep/operations";
import { confirm, type ConfirmOptions } from "../confirm.ts";
import type { Deps } from "../deps.ts";
import { show } from "../show.ts";
import { number } from "../text/words.ts";
import { runChangedView } from "../views/run.ts";
import { withContext } from "../with-context.ts";

export interface RunsChangeOptions extends ConfirmOptions {
  readonly why: string;
}

const CHANGES = { pause: pauseRun, resume: resumeRun, cancel: cancelRun } as const;

/** `misskeep runs pause|resume|cancel RUN` */
export async function runsChangeCommand(
  deps: Deps,
  change: keyof typeof CHANGES,
  id: string,
  options: RunsChangeOptions,
): Promise<void> {
  await withContext(deps, async (context) => {
    const { done, total, state } = await showRun(context, id);
    // One that has ended is refused by the verb itself; nobody has to be asked for that.
    if (change === "cancel" && state !== "done" && state !== "cancelled")
      await confirm(deps, options, `Run ${id} ends with ${number(done)} of ${number(total)} done.`);
    const run = await CHANGES[change](context, id, { by: deps.user, why: options.why });
    show(deps, options, { run }, (look) => runChangedView(run, look));
  });
}
