/** What the API answers, beyond the types of the operations themselves. */
import type { DeadLetterDetails as Dead, EventContent, EventDetails as Event } from "@misskeep/operations";

export type * from "@misskeep/operations";
export type { EventType } from "@misskeep/schema";

/** What an event says, as far as it was asked for and is for this visitor. */
export interface ContentShown {
  /** null where there is nothing to show, or where it is hidden. */
  readonly content: EventContent | null;
  /** It is private, and was not asked for or is not for this visitor. */
  readonly contentHidden: boolean;
}
export type EventDetails = Omit<Event, "content"> & ContentShown;
export type DeadLetterDetails = Omit<Dead, "content"> & ContentShown;

/** Who is signed in. `csrf` goes with every change. */
export interface Session {
  readonly name: string;
  readonly readonly: boolean;
  readonly csrf: string | null;
  /** Without tokens everybody on this machine is let in: there is nothing to sign out of. */
  readonly local: boolean;
}

/** Why live figures have stopped; null while they come. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
}
