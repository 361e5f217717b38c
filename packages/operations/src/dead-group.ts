import type { EventSummary } from "./event-summary.ts";

/**
 * | state | a group of dead letters |
 * |---|---|
 * | `open` | nobody has resolved it |
 * | `resolved` | somebody has, and nothing died in it since |
 * | `reopened` | something died in it after it was resolved |
 */
export type DeadGroupState = "open" | "resolved" | "reopened";

/** Dead letters of one processor that failed in the same way. Times are ms since 1970. */
export interface DeadGroup {
  /** 12 hexadecimal digits: of processor, error name, code and normalised message. */
  readonly group: string;
  readonly processor: string;
  readonly error: { readonly name: string; readonly code: string | null };
  /** With what differs from letter to letter replaced: `<n>`, `<id>`, `<url>`, … */
  readonly message: string;
  readonly count: number;
  readonly firstDiedAt: number;
  readonly lastDiedAt: number;
  /** How many died in each of the last 24 hours, the oldest first. */
  readonly perHour: readonly number[];
  /** The newest one. */
  readonly example: { readonly id: string; readonly message: string; readonly event: EventSummary } | null;
  readonly state: DeadGroupState;
  readonly resolved: { readonly by: string; readonly why: string; readonly at: number } | null;
  /** No alerts about it until then. */
  readonly mutedUntil: number | null;
}
