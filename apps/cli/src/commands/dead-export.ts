import { exportDead } from "@misskeep/operations";
import { type DeadFilterOptions, toFilter } from "../dead-filter.ts";
import type { CommonOptions, Deps } from "../deps.ts";
import { count } from "../text/words.ts";
import { withContext } from "../with-context.ts";

export interface DeadExportOptions extends CommonOptions, DeadFilterOptions {
  readonly why: string;
}

/** `misskeep dead export [PROCESSOR]`: one JSON document a line, with or without --json. */
export async function deadExportCommand(
  deps: Deps,
  processor: string | undefined,
  options: DeadExportOptions,
): Promise<void> {
  const { terminal, user } = deps;
  const exported = await withContext(deps, async (context) => {
    let letters = 0;
    const filter = toFilter(processor, options);
    for await (const letter of exportDead(context, filter, { by: user, why: options.why })) {
      await terminal.jsonLine(letter);
      letters += 1;
    }
    return letters;
  });
  if (!options.json) terminal.note(`${count(exported, "dead letter")} exported.`);
}
