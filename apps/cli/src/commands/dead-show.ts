import { showDead } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { deadLetterView } from "../views/dead.ts";
import { withContext } from "../with-context.ts";

/** `misskeep dead show PROCESSOR ID` */
export async function deadShowCommand(
  deps: Deps,
  processor: string,
  id: string,
  options: CommonOptions & { readonly raw?: boolean },
): Promise<void> {
  const letter = await withContext(deps, (context) =>
    showDead(context, processor, id, { raw: options.raw ?? false }),
  );
  show(deps, options, letter, (look) => deadLetterView(letter, look));
}
