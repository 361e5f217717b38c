import { rebuildDeadIndex } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { count } from "../text/words.ts";
import { withContext } from "../with-context.ts";

/** `misskeep dead rebuild-index [PROCESSOR]` */
export async function deadRebuildIndexCommand(
  deps: Deps,
  processor: string | undefined,
  options: CommonOptions,
): Promise<void> {
  const { terminal, user } = deps;
  const bar = options.json ? undefined : await terminal.bar(0);
  const rebuilt = await withContext(deps, (context) =>
    rebuildDeadIndex(
      context,
      { processor, onProgress: ({ processor: name, done, total }) => bar?.update(done, total, name) },
      { by: user, why: "" },
    ),
  ).finally(() => bar?.stop());
  show(deps, options, { rebuilt }, () =>
    rebuilt
      .map(
        ({ processor: name, letters, groups }) =>
          `${name}: ${count(letters, "dead letter")} in ${count(groups, "group")}`,
      )
      .join("\n"),
  );
}
