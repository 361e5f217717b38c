import type { Place } from "../dead-index/walk.ts";

/** Which page of a list, the last members first. */
export interface PageOptions {
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: Place | undefined;
}
