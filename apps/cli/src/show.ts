import type { CommonOptions, Deps } from "./deps.ts";
import type { Look } from "./views/look.ts";

/**
 * Prints a result: as one JSON document if that is asked for, else as a view for people.
 *
 * @param now the time that ages are counted from, ms since 1970. @default this machine's
 */
export function show(
  { terminal, now }: Deps,
  options: CommonOptions,
  data: unknown,
  view: (look: Look) => string,
  at: number = now(),
): void {
  if (options.json) terminal.json(data);
  else terminal.print(view({ paint: terminal.paint, columns: terminal.columns, now: at }));
}
