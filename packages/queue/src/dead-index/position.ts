import { createHash } from "node:crypto";
import type { DeadSort } from "../dead-filter.ts";
import type { DeadQuery } from "./dead-query.ts";
import { isAfter, type Place } from "./walk.ts";

/** A place among the letters of several processors: ordered by score, then processor, then id. */
export interface Position extends Place {
  readonly processor: string;
}

/** The text is no cursor, or one of another query. */
export class InvalidCursor extends Error {
  override readonly name = "InvalidCursor";
  readonly code = "INVALID_CURSOR";

  constructor() {
    super("The cursor is not one that a page of this query gave.");
  }
}

export function isDescending(sort: DeadSort): boolean {
  return sort !== "oldest";
}

export function isPositionAfter(one: Position, other: Position, descending: boolean): boolean {
  return one.score === other.score && one.processor !== other.processor
    ? one.processor > other.processor
    : isAfter(one, other, descending);
}

/** Above every job id, and below: ids are ASCII and not empty. */
const HIGHEST = "\uFFFF";
const LOWEST = "";

/** Where a processor's own letters go on after a position, which may be of another processor. */
export function placeFor(processor: string, { score, id, ...at }: Position, descending: boolean): Place {
  if (at.processor === processor) return { score, id };
  const allOfScoreFollow = processor > at.processor;
  return { score, id: allOfScoreFollow === descending ? HIGHEST : LOWEST };
}

/** @param scope the processor, or `*` for all */
export function toCursor({ score, processor, id }: Position, scope: string, query: DeadQuery): string {
  return Buffer.from(JSON.stringify([score, processor, id, digestOf(scope, query)])).toString("base64url");
}

/** @throws InvalidCursor */
export function readCursor(cursor: string, scope: string, query: DeadQuery): Position {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor.slice(0, 1_000), "base64url").toString("utf8"));
  } catch {
    throw new InvalidCursor();
  }
  const [score, processor, id, digest] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
  const isOne = typeof score === "number" && typeof processor === "string" && typeof id === "string";
  if (!isOne || digest !== digestOf(scope, query)) throw new InvalidCursor();
  return { score, processor, id };
}

/** Says of which query a cursor is. A page's size may change from one to the next. */
function digestOf(scope: string, { filter, sort }: DeadQuery): string {
  const { group, type, hook, error, minAttempts, maxAttempts, diedAfter, diedBefore, person, text } = filter;
  const values = [group, type, hook, error, minAttempts, maxAttempts, diedAfter, diedBefore, person, text];
  const said = JSON.stringify([scope, sort, ...values.map((value) => value ?? null)]);
  return createHash("sha256").update(said).digest("base64url").slice(0, 10);
}
