import { listEvents } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { eventsView } from "../views/events.ts";
import { withContext } from "../with-context.ts";

export interface EventsListOptions extends CommonOptions {
  readonly limit: number;
  readonly before?: string;
  readonly type?: string;
  readonly hook?: string;
  readonly person?: string;
  /** ms since 1970 */
  readonly since?: number;
  readonly until?: number;
}

/** `misskeep events list` */
export async function eventsListCommand(deps: Deps, options: EventsListOptions): Promise<void> {
  const { limit, before, type, hook, person, since: from, until: to } = options;
  const conditions = { type, hook, person, from, to };
  const page = await withContext(deps, (context) => listEvents(context, { limit, before, ...conditions }));
  show(deps, options, page, (look) => eventsView(page, conditions, look));
}
