import { listEvents } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { eventsView } from "../views/events.ts";
import { withContext } from "../with-context.ts";

export interface EventsListOptions extends CommonOptions {
  readonly limit: number;
  readonly before?: string;
  readonly type?: string;
}

/** `misskeep events list` */
export async function eventsListCommand(deps: Deps, options: EventsListOptions): Promise<void> {
  const page = await withContext(deps, (context) => listEvents(context, options));
  show(deps, options, page, (look) => eventsView(page, options.type, look));
}
