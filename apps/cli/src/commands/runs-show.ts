import { listRunItems, type RunItemState, showRun } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import type { SetExitCode } from "../errors.ts";
import { exitCodeOf, followRun } from "../follow-run.ts";
import { show } from "../show.ts";
import { followedView, runView } from "../views/run.ts";
import { withContext } from "../with-context.ts";

export interface RunsShowOptions extends CommonOptions {
  readonly watch?: boolean;
  readonly state?: RunItemState;
  readonly limit: number;
  readonly cursor?: string;
}

/** `misskeep runs show RUN` */
export async function runsShowCommand(
  deps: Deps,
  id: string,
  options: RunsShowOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const { state, limit, cursor, watch, json } = options;
  await withContext(deps, async (context) => {
    if (watch) {
      const followed = await followRun(context, id, json ? undefined : deps.terminal);
      setExitCode(exitCodeOf(followed));
      show(deps, options, { run: followed.run }, (look) => followedView(followed, look));
      return;
    }
    const run = await showRun(context, id);
    const page = await listRunItems(context, id, { state, limit, cursor });
    show(deps, options, { run, ...page }, (look) => runView(run, page, look));
  });
}
