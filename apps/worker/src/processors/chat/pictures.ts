import type { Message } from "./message.ts";

/** How a message's images may be shown. */
export interface Pictures {
  /** As images. */
  readonly open: readonly string[];
  /** As links: what would be open, where no images can be shown. */
  readonly linked: readonly string[];
  /** Only as links that say what they are. */
  readonly sensitive: readonly string[];
  /** Only behind a content warning. */
  readonly warned: readonly string[];
}

/** @param plain without images */
export function picturesOf({ content, about }: Message, plain: boolean): Pictures {
  const sources = [
    { content, isWarned: content?.warning !== undefined },
    { content: about?.content, isWarned: (content?.warning ?? about?.content.warning) !== undefined },
  ];
  const shown = sources.filter(({ isWarned }) => !isWarned);
  const open = shown.flatMap((source) => source.content?.images ?? []);
  const warned = sources
    .filter(({ isWarned }) => isWarned)
    .flatMap((source) => [...(source.content?.images ?? []), ...(source.content?.sensitiveImages ?? [])]);
  const sensitive = shown.flatMap((source) => source.content?.sensitiveImages ?? []);
  return plain ? { open: [], linked: open, sensitive, warned } : { open, linked: [], sensitive, warned };
}
