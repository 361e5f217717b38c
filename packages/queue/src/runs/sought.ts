import { personDigest, textDigest } from "../search-digest.ts";
import type { RunScope } from "./run.ts";

/**
 * Whom or what a run's filter searches for. That may be what is to be erased one day, so it is kept beside the rest,
 * where digests stand for it, and only until the run ends.
 */
export interface Sought {
  readonly person?: string | undefined;
  readonly text?: string | undefined;
}

/** @returns the scope with digests, and what they stand for; undefined if there is nothing */
export function withoutSought(scope: RunScope): { readonly scope: RunScope; readonly sought?: Sought } {
  if (!("filter" in scope)) return { scope };
  const { person, text } = scope.filter;
  if (person === undefined && text === undefined) return { scope };
  const digests = {
    ...(person === undefined ? {} : { person: personDigest(person) }),
    ...(text === undefined ? {} : { text: textDigest(text) }),
  };
  return { scope: { ...scope, filter: { ...scope.filter, ...digests } }, sought: { person, text } };
}

export function withSought(scope: RunScope, sought: Sought): RunScope {
  return "filter" in scope ? { ...scope, filter: { ...scope.filter, ...sought } } : scope;
}
