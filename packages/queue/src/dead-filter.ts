/** Which dead letters are meant; every condition that is there has to hold. Times are ms since 1970. */
export interface DeadFilter {
  readonly processor?: string | undefined;
  /** A group's id. A group belongs to one processor. */
  readonly group?: string | undefined;
  /** Event type. */
  readonly type?: string | undefined;
  readonly hook?: string | undefined;
  /** The error's name, such as `PermanentError`. */
  readonly error?: string | undefined;
  readonly minAttempts?: number | undefined;
  readonly maxAttempts?: number | undefined;
  readonly diedAfter?: number | undefined;
  readonly diedBefore?: number | undefined;
  /** `@alice@example.tld`, with or without the first `@`; whoever takes part in the event. */
  readonly person?: string | undefined;
  /** In the body or in the error's message; the only condition that no index serves. */
  readonly text?: string | undefined;
}

export type DeadSort = "newest" | "oldest" | "attempts";
