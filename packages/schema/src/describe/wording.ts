/**
 * What a language must be able to say about events. People come as finished phrases, made by `person`; each
 * method gives a sentence without its final stop.
 */
import type { NoteKind } from "../note-kind.ts";
import type { Person } from "./person.ts";

/** What can be said about a note without telling what is in it. */
export interface NoteTraits {
  readonly audience?: "followers" | "specified";
  readonly hasContentWarning: boolean;
  readonly files: number;
  readonly hasPoll: boolean;
}

export interface Wording {
  person(person: Person): string;
  /** Adds a note's traits to a sentence about it. */
  withTraits(sentence: string, traits: NoteTraits): string;
  /** Ends a sentence. */
  stop(sentence: string): string;
  /** Ends a sentence with a quotation. */
  stopWithQuote(sentence: string, quote: string): string;
  /** Marks a whole text as made by the test button. */
  test(text: string): string;

  /** `author` did something on their own; `other` wrote the note that is replied to, renoted or quoted. */
  posted(kind: NoteKind, author: string, other: string | undefined): string;
  edited(author: string): string;
  repliedToYou(author: string): string;
  repliedToSelf(author: string): string;
  renotedYours(author: string): string;
  quotedYours(author: string): string;
  mentionedYou(author: string): string;
  sentYouDirect(author: string): string;

  youFollow(user: string): string;
  followedYou(user: string): string;
  youDoNotFollow(user: string): string;
  reaction(): string;

  reported(user: string | undefined): string;
  reportResolved(user: string | undefined, as: "accept" | "reject" | undefined): string;
  reportResolvedByRule(): string;
  signedUp(user: string): string;
  /** `hours` is undefined where the server did not say how long it still waits. */
  moderatorsInactive(hours: number | undefined): string;
  invitationOnly(): string;
  publicNotesDisabled(): string;

  other(type: string): string;
}
