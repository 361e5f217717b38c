import type { EventContent, RawBody } from "@misskeep/operations";
import type { Visitor } from "./access/visitor.ts";

interface Private {
  readonly raw?: RawBody;
  readonly content?: EventContent | null;
}

/** Takes out what is not for those who may only look: the raw body, and the content of what is private. */
export function withheld<T extends Private>({ readonly }: Visitor, details: T): T {
  if (!readonly) return details;
  const { raw: _raw, ...rest } = details;
  // Both are optional or may be null, so that what is left is still such details.
  return { ...rest, ...(rest.content?.isPrivate === true ? { content: null } : {}) } as T;
}
