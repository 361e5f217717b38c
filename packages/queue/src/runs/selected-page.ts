import type { Place } from "../dead-index/walk.ts";

/** Jobs that a run means. */
export interface SelectedPage {
  /** `score`: when it died, was discarded or came into the inbox, ms since 1970. */
  readonly items: readonly Place[];
  /** How many were looked at for them. */
  readonly scanned: number;
  /** undefined at the end */
  readonly next: string | undefined;
}
