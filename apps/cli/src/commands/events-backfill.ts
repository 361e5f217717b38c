import type { Deps } from "../deps.ts";
import type { SetExitCode } from "../errors.ts";
import { type RunOptions, runScope } from "../run-scope.ts";
import { withContext } from "../with-context.ts";

export interface EventsBackfillOptions extends RunOptions {
  /** ms since 1970 */
  readonly since: number;
  readonly until?: number;
  readonly type?: readonly string[];
  readonly hook?: string;
}

/** `misskeep events backfill PROCESSOR` */
export async function eventsBackfillCommand(
  deps: Deps,
  processor: string,
  options: EventsBackfillOptions,
  setExitCode: SetExitCode,
): Promise<void> {
  const { since: from, until: to = deps.now(), type: types, hook } = options;
  await withContext(deps, (context) =>
    runScope(deps, context, { kind: "backfill", processor, types, hook, from, to }, options, setExitCode),
  );
}
