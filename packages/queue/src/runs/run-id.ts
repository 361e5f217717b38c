import { randomInt } from "node:crypto";

const RANDOM_LENGTH = 4;

/**
 * A run's id: when it was created, in base 36, and four random letters, so that ids sort by age until the year
 * 2059. Lower-case letters and digits only: it is part of job ids (`<event id>~<run>`) and keys.
 *
 * @param createdAt ms since 1970
 */
export function newRunId(createdAt: number): string {
  return (
    createdAt.toString(36) +
    randomInt(36 ** RANDOM_LENGTH)
      .toString(36)
      .padStart(RANDOM_LENGTH, "0")
  );
}

/** @returns when the run was created, ms since 1970; undefined if the text is no run's id */
export function createdAtOf(id: string): number | undefined {
  if (!/^[0-9a-z]{12}$/.test(id)) return undefined;
  return Number.parseInt(id.slice(0, -RANDOM_LENGTH), 36);
}
