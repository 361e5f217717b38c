/**
 * Parses with a strict schema and forgives what is optional.
 *
 * The usual payload costs one parse. Where something does not fit, it is left out of a copy and the copy is
 * parsed again; where it was required, the smallest optional thing around it goes (a nested user without a
 * username, a file that is a number). What cannot be left out makes the whole fail.
 *
 * A field that protects a note (its content warning, for one) is not forgiven for free: with it the note's
 * `visibility` goes, since what cannot be judged must not be shown as public.
 */
import type { z } from "zod";
import { toMismatches, type Mismatch } from "./mismatch.ts";
import { existingPart, without, type Path } from "./unset.ts";

/** Each pass moves what still fails one level up, and no schema of ours is this deep. */
const MOST_PASSES = 32;

const protectiveFields: ReadonlySet<PropertyKey> = new Set([
  "cw",
  "isHidden",
  "localOnly",
  "makeNotesFollowersOnlyBefore",
  "makeNotesHiddenBefore",
  "requireSigninToViewContents",
]);

export type TolerantResult<T> =
  | { readonly ok: true; readonly value: T; readonly mismatches: readonly Mismatch[] }
  | { readonly ok: false; readonly mismatches: readonly Mismatch[] };

/**
 * @param schema loose objects, optional fields with their true types
 * @param input a parsed JSON object
 * @returns the value without what did not fit, and a mismatch for each such place; or, if something required
 *   is missing, every mismatch alone
 */
export function parseTolerantly<T>(schema: z.ZodType<T>, input: unknown): TolerantResult<T> {
  let current = input;
  let mismatches: Mismatch[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const result = schema.safeParse(current);
    if (result.success) return { ok: true, value: result.data, mismatches };
    // Later passes find only what leaving things out has caused.
    if (pass === 0) mismatches = toMismatches(result.error.issues, input);
    const paths = result.error.issues.flatMap((issue) => pathsToRemove(current, issue.path));
    // A first-level key cannot be given up where its parent is the delivery itself: `body` is needed.
    if (paths.some((path) => path.length === 0 || (path.length === 1 && path[0] === "body"))) break;
    current = without(current, paths);
  }
  return { ok: false, mismatches };
}

function pathsToRemove(value: unknown, path: Path): Path[] {
  const removed = existingPart(value, path);
  const last = path.at(-1);
  if (last === undefined || !protectiveFields.has(last)) return [removed];
  for (let length = path.length - 1; length > 0; length--) {
    const visibility = [...path.slice(0, length), "visibility"];
    if (existingPart(value, visibility) === visibility) return [removed, visibility];
  }
  return [removed];
}
