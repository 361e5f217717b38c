import { showEvent } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { eventView } from "../views/event.ts";
import { withContext } from "../with-context.ts";

/** `misskeep events show ID` */
export async function eventsShowCommand(
  deps: Deps,
  id: string,
  options: CommonOptions & { readonly raw?: boolean },
): Promise<void> {
  const event = await withContext(deps, (context) => showEvent(context, id, { raw: options.raw ?? false }));
  show(deps, options, event, (look) => eventView(event, look));
}
