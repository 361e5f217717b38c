import type { EventContent, RawBody } from "@misskeep/operations";
import type { Visitor } from "./access/visitor.ts";

/** What an answer says of an event's content. */
export interface ContentShown {
  /** null where there is nothing to show, or where it is hidden. */
  readonly content: EventContent | null;
  /** It is private: given only to those with full rights, and only if asked for. */
  readonly contentHidden: boolean;
}

export type Shown<T> = Omit<T, "content"> & ContentShown;

interface Known {
  readonly raw?: RawBody;
  readonly content?: EventContent | null;
}

/**
 * Details as a visitor may see them.
 *
 * | | public content | private content | raw body |
 * |---|---|---|---|
 * | full rights | always | if asked for | if asked for |
 * | read-only | always | never | never |
 *
 * @param details with all that is known of the content, and with the raw body only if it was asked for
 */
export function withheld<T extends Known>(
  { readonly }: Visitor,
  asked: { readonly content: boolean },
  details: T,
): Shown<T> {
  const { raw, content = null, ...rest } = details;
  const contentHidden = content !== null && content.isPrivate && (readonly || !asked.content);
  // Both are optional, so that what is left is still such details.
  return {
    ...rest,
    ...(raw && !readonly ? { raw } : {}),
    content: contentHidden ? null : content,
    contentHidden,
  } as unknown as Shown<T>;
}
