/** What an event says, for a page that shows it as a person would see it. Plain JSON; nothing of it is markup. */
export interface EventContent {
  /** Not for everybody: a note that is neither public nor home, a report, a memo. Shown only to those who may and ask. */
  readonly isPrivate: boolean;
  readonly note: NoteContent | null;
  /** Whom it is about besides a note's author: who followed, reacted, was reported. */
  readonly people: readonly PersonContent[];
  readonly reaction: string | null;
}

export interface PersonContent {
  readonly name: string | null;
  /** `@alice@example.tld`, or `@alice` for the server's own. */
  readonly handle: string;
  readonly avatarUrl: string | null;
  readonly isBot: boolean;
}

export interface NoteContent {
  readonly id: string;
  readonly author: PersonContent;
  readonly text: string | null;
  readonly cw: string | null;
  readonly visibility: string;
  readonly localOnly: boolean;
  /** ms since 1970 */
  readonly createdAt: number | null;
  /** Where a person can read it. */
  readonly url: string | null;
  readonly files: readonly {
    readonly name: string | null;
    readonly type: string | null;
    readonly url: string | null;
    readonly thumbnailUrl: string | null;
    readonly isSensitive: boolean;
    readonly comment: string | null;
  }[];
  /** What it answers, and what it quotes; one level deep. */
  readonly reply: NoteContent | null;
  readonly renote: NoteContent | null;
}
