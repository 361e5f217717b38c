import { tailEvents } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { lookOf } from "../show.ts";
import { tailLine } from "../views/events.ts";
import { withContext } from "../with-context.ts";

export interface EventsTailOptions extends CommonOptions {
  readonly type?: string;
  readonly hook?: string;
}

/** `misskeep events tail`: until Ctrl-C, or until its reader closes the pipe. */
export async function eventsTailCommand(deps: Deps, options: EventsTailOptions): Promise<void> {
  const { terminal } = deps;
  const { type, hook, json } = options;
  const ended = new AbortController();
  process.once("SIGINT", () => ended.abort());
  process.once("SIGTERM", () => ended.abort());
  await withContext(deps, async (context) => {
    if (!json) terminal.note("Events as they come; Ctrl-C ends it.");
    for await (const event of tailEvents(context, { type, hook, signal: ended.signal })) {
      if (json) await terminal.jsonLine(event);
      else terminal.print(tailLine(event, lookOf(deps)));
    }
  });
}
