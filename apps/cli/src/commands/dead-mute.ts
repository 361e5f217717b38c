import { muteGroup } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { show } from "../show.ts";
import { exactAndAgo } from "../text/words.ts";
import { withContext } from "../with-context.ts";

export interface DeadMuteOptions extends CommonOptions {
  /** ms since 1970 */
  readonly until?: number;
  readonly off?: boolean;
  readonly why: string;
}

/** `misskeep dead mute GROUP` */
export async function deadMuteCommand(deps: Deps, id: string, options: DeadMuteOptions): Promise<void> {
  const until = options.off ? null : options.until;
  if (until === undefined)
    throw new CliError("USAGE", "Say until when: --until 8h. To be alerted again: --off.", { exitCode: 2 });
  const actor = { by: deps.user, why: options.why };
  const group = await withContext(deps, (context) => muteGroup(context, id, until, actor));
  show(deps, options, group, ({ now }) =>
    until === null
      ? `There are alerts about group ${id} of ${group.processor} again.`
      : `No alerts about group ${id} of ${group.processor} until ${exactAndAgo(until, now)}.`,
  );
}
