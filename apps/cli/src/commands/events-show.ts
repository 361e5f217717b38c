import { showEvent, toCurl, toFixture } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { show } from "../show.ts";
import { eventView } from "../views/event.ts";
import { withContext } from "../with-context.ts";

export interface EventsShowOptions extends CommonOptions {
  readonly raw?: boolean;
  readonly content?: boolean;
  readonly as?: "curl" | "fixture";
}

/** `misskeep events show ID` */
export async function eventsShowCommand(deps: Deps, id: string, options: EventsShowOptions): Promise<void> {
  const { content, as } = options;
  const raw = as === undefined ? options.raw : true;
  const event = await withContext(deps, (context) => showEvent(context, id, { raw, content }));
  if (as === undefined) {
    show(deps, options, event, (look) => eventView(event, look));
    return;
  }
  if (event.raw === undefined)
    throw new CliError("ERASED", "Its content was erased: there is no delivery to show.");
  const delivery = { ...event, raw: event.raw };
  if (as === "fixture") deps.terminal.json(toFixture(delivery));
  else show(deps, options, { curl: toCurl(delivery) }, () => toCurl(delivery));
}
