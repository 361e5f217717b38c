/**
 * One human sentence about an event, for logs, lists and messages.
 *
 * Promises: one line; never a note's text, a content warning, a report's comment or reporter, a memo or a
 * moderation note; names are made harmless and short. Only with `quote` does the text of a public or home note
 * without content warning follow (see quote.ts).
 */
import { isEventType, isNoteEvent, type KnownEvent, type NoteEvent, type OtherEvent } from "../events.ts";
import { hasPoll, noteKind } from "../note-kind.ts";
import type { UserLite } from "../user.ts";
import { english } from "./english.ts";
import { japanese } from "./japanese.ts";
import { oneLine } from "./one-line.ts";
import { personOf } from "./person.ts";
import { quoteOf } from "./quote.ts";
import type { NoteTraits, Wording } from "./wording.ts";

export type Language = "en" | "ja";

export interface DescribeOptions {
  /** @default "en" */
  readonly language?: Language;
  /** Whether the text of a public or home note may follow. @default false */
  readonly quote?: boolean;
}

const LONGEST_TYPE_SHOWN = 64;

const wordings: Readonly<Record<Language, Wording>> = { en: english, ja: japanese };

/**
 * @param event any event
 * @param options the language, and whether to quote
 * @returns one sentence, on one line
 */
export function describe(event: KnownEvent | OtherEvent<string>, options: DescribeOptions = {}): string {
  const wording = wordings[options.language ?? "en"];
  const sentence = sentenceOf(event, wording);
  const quote = options.quote === true && isNoteEvent(event) ? quoteOf(event.body.note) : undefined;
  const text = quote === undefined ? wording.stop(sentence) : wording.stopWithQuote(sentence, quote);
  return event.isTest ? wording.test(text) : text;
}

function sentenceOf(event: KnownEvent | OtherEvent<string>, wording: Wording): string {
  const person = (user: UserLite): string => wording.person(personOf(user, event.server));
  const personIfAny = (user: UserLite | null | undefined) =>
    user === undefined || user === null ? undefined : person(user);
  if (!isKnown(event)) return wording.other(oneLine(event.type, LONGEST_TYPE_SHOWN));

  switch (event.type) {
    case "note":
    case "edited":
    case "reply":
    case "renote":
    case "mention":
      return wording.withTraits(noteSentence(event, wording, person), traitsOf(event));
    case "follow":
      return wording.youFollow(person(event.body.user));
    case "followed":
      return wording.followedYou(person(event.body.user));
    case "unfollow":
      return wording.youDoNotFollow(person(event.body.user));
    case "reaction":
      return wording.reaction();
    case "abuseReport":
      return wording.reported(personIfAny(event.body.targetUser));
    case "abuseReportResolved":
      return wording.reportResolved(personIfAny(event.body.targetUser), event.body.resolvedAs ?? undefined);
    case "userCreated":
      return wording.signedUp(person(event.body));
    case "inactiveModeratorsWarning":
      return wording.moderatorsInactive(event.body.remainingTime?.asHours);
    case "inactiveModeratorsInvitationOnlyChanged":
      return wording.invitationOnly();
    case "inactiveModeratorsDisablePublicNoteChanged":
      return wording.publicNotesDisabled();
    case "reportCreated":
      return wording.reported(personIfAny(event.body.report?.targetUser));
    case "reportResolved":
      return wording.reportResolved(personIfAny(event.body.updatedReport?.targetUser), undefined);
    case "reportAutoResolved":
      return wording.reportResolvedByRule();
  }
}

function noteSentence(event: NoteEvent, wording: Wording, person: (user: UserLite) => string): string {
  const note = event.body.note;
  const author = person(note.user);
  switch (event.type) {
    case "note": {
      const kind = noteKind(note);
      const about = kind === "reply" ? note.reply : note.renote;
      if (kind === "reply" && about?.user.id === note.user.id) return wording.repliedToSelf(author);
      return wording.posted(kind, author, about ? person(about.user) : undefined);
    }
    case "edited":
      return wording.edited(author);
    case "reply":
      return note.user.id === event.hook.ownerId
        ? wording.repliedToSelf(author)
        : wording.repliedToYou(author);
    case "renote":
      return noteKind(note) === "renote" ? wording.renotedYours(author) : wording.quotedYours(author);
    case "mention":
      return note.visibility === "specified" ? wording.sentYouDirect(author) : wording.mentionedYou(author);
  }
}

function traitsOf(event: NoteEvent): NoteTraits {
  const note = event.body.note;
  const { visibility } = note;
  // That a mention is direct is said by its sentence.
  const isSaid = event.type === "mention" && visibility === "specified";
  const isLimited = visibility === "followers" || visibility === "specified";
  return {
    ...(isLimited && !isSaid ? { audience: visibility } : {}),
    hasContentWarning: note.cw !== undefined && note.cw !== null,
    files: note.files?.length ?? note.fileIds?.length ?? 0,
    hasPoll: hasPoll(note),
  };
}

function isKnown(event: KnownEvent | OtherEvent<string>): event is KnownEvent {
  return isEventType(event.type);
}
