/** What the API answers, beyond the types of the operations themselves. */
export type * from "@misskeep/operations";
export type { EventType } from "@misskeep/schema";

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
