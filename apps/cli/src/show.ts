import type { CommonOptions, Deps } from "./deps.ts";
import type { Look } from "./views/look.ts";

/**
 * How views are to look on this terminal.
 *
 * @param at the time that ages are counted from, ms since 1970. @default this machine's
 */
export function lookOf({ terminal, now }: Deps, at: number = now()): Look {
  return { paint: terminal.paint, columns: terminal.columns, now: at };
}

/**
 * Prints a result: as one JSON document if that is asked for, else as a view for people.
 *
 * @param at the time that ages are counted from, ms since 1970. @default this machine's
 */
export function show(
  deps: Deps,
  options: CommonOptions,
  data: unknown,
  view: (look: Look) => string,
  at?: number,
): void {
  if (options.json) deps.terminal.json(data);
  else deps.terminal.print(view(lookOf(deps, at)));
}
