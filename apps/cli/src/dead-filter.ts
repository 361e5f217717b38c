import type { DeadFilter } from "@misskeep/operations";

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

export function toFilter(processor: string | undefined, options: DeadFilterOptions): DeadFilter {
  const { group, type, hook, error, person, text, attemptsMin, attemptsMax, since, until } = options;
  return {
    processor,
    group,
    type,
    hook,
    error,
    person,
    text,
    minAttempts: attemptsMin,
    maxAttempts: attemptsMax,
    diedAfter: since,
    diedBefore: until,
  };
}
