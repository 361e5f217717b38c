import { type DeadFilter, type DeadSort, listDead } from "@misskeep/operations";
import type { CommonOptions, Deps } from "../deps.ts";
import { show } from "../show.ts";
import { deadListView } from "../views/dead.ts";
import { withContext } from "../with-context.ts";

/** Conditions on dead letters, as options give them. */
export interface DeadFilterOptions {
  readonly group?: string;
  readonly type?: string;
  readonly hook?: string;
  readonly error?: string;
  readonly person?: string;
  readonly text?: string;
  readonly attemptsMin?: number;
  readonly attemptsMax?: number;
  /** ms since 1970 */
  readonly since?: number;
  readonly until?: number;
}

export interface DeadListOptions extends CommonOptions, DeadFilterOptions {
  readonly limit: number;
  readonly sort: DeadSort;
  readonly cursor?: string;
}

/** `misskeep dead list [PROCESSOR]` */
export async function deadListCommand(
  deps: Deps,
  processor: string | undefined,
  options: DeadListOptions,
): Promise<void> {
  const { limit, sort, cursor } = options;
  const query = { filter: toFilter(processor, options), sort, limit, cursor };
  const page = await withContext(deps, (context) => listDead(context, query));
  show(deps, options, page, (look) => deadListView(page, query, look));
}

export function toFilter(processor: string | undefined, options: DeadFilterOptions): DeadFilter {
  const { group, type, hook, error, person, text, attemptsMin, attemptsMax, since, until } = options;
  return {
    ...{ processor, group, type, hook, error, person, text },
    ...{ minAttempts: attemptsMin, maxAttempts: attemptsMax, diedAfter: since, diedBefore: until },
  };
}
