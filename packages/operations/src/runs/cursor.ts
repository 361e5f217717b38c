import type { Place } from "@misskeep/queue";
import { OperationError } from "../errors.ts";

/** @returns text that means a place in a list, for whoever asks for the next page */
export function toCursor(place: Place | undefined): string | null {
  return place === undefined
    ? null
    : Buffer.from(JSON.stringify([place.score, place.id])).toString("base64url");
}

/** @throws OperationError `INVALID_CURSOR` */
export function fromCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [score, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if (typeof score === "number" && Number.isFinite(score) && typeof id === "string") return { score, id };
  } catch {
    // Told below.
  }
  throw new OperationError("INVALID_CURSOR", "The cursor is not one that a page of this list gave.");
}
