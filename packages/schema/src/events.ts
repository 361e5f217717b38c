/**
 * Every event type that is known, the schema of its body, and the union that processors narrow.
 *
 * Required, beside `type` and what the table names, is nothing:
 *
 * | type | required in `body` |
 * |---|---|
 * | note, reply, renote, mention, edited | `note.id`, `note.user.id`, `note.user.username` |
 * | follow, followed, unfollow | `user.id`, `user.username` |
 * | abuseReport, abuseReportResolved | `id` |
 * | userCreated | `id`, `username` |
 * | reaction, inactiveModerators…, report… | nothing |
 * | any other | nothing, not even an object |
 *
 * Nested notes and users need the same fields; one that lacks them is left out, and the event still parses.
 */
import { z } from "zod";
import { abuseReportSchema, type AbuseReport } from "./abuse-report.ts";
import { remainingTimeSchema, type RemainingTime } from "./moderator-inactivity.ts";
import { noteSchema, type Note } from "./note.ts";
import { userDetailedSchema, userLiteSchema, type UserDetailed, type UserLite } from "./user.ts";

/** A body whose contents nobody has described. */
export type OpenBody = Record<string, unknown>;

// The annotations leave out the index signature of a loose object, so that `"note" in event.body` narrows.
const noteBody: z.ZodType<{ note: Note }> = z.looseObject({ note: noteSchema });
const userBody: z.ZodType<{ user: UserLite }> = z.looseObject({ user: userLiteSchema });
const detailedUserBody: z.ZodType<{ user: UserDetailed }> = z.looseObject({ user: userDetailedSchema });
const remainingTimeBody: z.ZodType<{ remainingTime?: RemainingTime | undefined }> = z.looseObject({
  remainingTime: remainingTimeSchema.optional(),
});
const forkReportBody: z.ZodType<{
  report?: AbuseReport | undefined;
  updatedReport?: AbuseReport | undefined;
}> = z.looseObject({ report: abuseReportSchema.optional(), updatedReport: abuseReportSchema.optional() });
export const openBody: z.ZodType<OpenBody> = z.looseObject({});

/** The body of every known type. */
export const bodySchemas = {
  // User hooks.
  note: noteBody,
  reply: noteBody,
  renote: noteBody,
  mention: noteBody,
  follow: detailedUserBody,
  followed: userBody,
  unfollow: detailedUserBody,
  /** Can be chosen in Misskey, but no server seen sends it (misskey issue 9485). */
  reaction: openBody,
  // System hooks.
  abuseReport: abuseReportSchema,
  abuseReportResolved: abuseReportSchema,
  userCreated: userLiteSchema,
  inactiveModeratorsWarning: remainingTimeBody,
  inactiveModeratorsInvitationOnlyChanged: openBody,
  /** CherryPick. */
  inactiveModeratorsDisablePublicNoteChanged: openBody,
  /** Sharkey; the same edit comes as `note`, too. */
  edited: noteBody,
  // MisskeyIO, read from its source: created has no known body, resolved {updatedReport}, auto {report, resolver}.
  reportCreated: forkReportBody,
  reportResolved: forkReportBody,
  reportAutoResolved: forkReportBody,
} as const;

export type EventType = keyof typeof bodySchemas;

/** All known types. */
export const eventTypes: readonly EventType[] = Object.freeze(Object.keys(bodySchemas) as EventType[]);

/**
 * @param type any string, "__proto__" included
 * @returns whether it is a known event type
 */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(bodySchemas, type);
}

/** The hook that sent an event. */
export interface EventHook {
  /** Its name in our settings. */
  readonly name: string;
  /** Misskey's id of it. */
  readonly id?: string;
  /** The user whom a user hook belongs to; system hooks have none. */
  readonly ownerId?: string;
}

interface EventFacts {
  /** Our event id, `0-1795485891939-0`. */
  readonly id: string;
  readonly hook: EventHook;
  /** Misskey's id of this event on this hook. */
  readonly eventId?: string;
  /** Origin of the sending server, `https://misskey.example`. */
  readonly server?: string;
  /** When Misskey enqueued it, in ms. */
  readonly createdAt?: number;
  /** When ingest received it, in ms. */
  readonly receivedAt: number;
  /** Whether Misskey's test button made it (see test-button.ts). */
  readonly isTest: boolean;
}

/**
 * A type that is no known one. It is a string at run time; it is declared as an enum since that alone makes
 * TypeScript rule OtherEvent out when `event.type` is compared with a known type.
 */
declare enum OtherType {
  Any = "",
}
export type { OtherType };

/** An event of a known type. */
export type KnownEvent = {
  [Type in EventType]: EventFacts & {
    readonly type: Type;
    readonly body: z.infer<(typeof bodySchemas)[Type]>;
  };
}[EventType];

/** An event that carries a note. */
export type NoteEvent = Extract<KnownEvent, { type: NoteEventType }>;
type NoteEventType = "note" | "reply" | "renote" | "mention" | "edited";

const noteEventTypes: ReadonlySet<string> = new Set<NoteEventType>([
  "note",
  "reply",
  "renote",
  "mention",
  "edited",
]);

/**
 * @param event any event
 * @returns whether it is of a type whose body is a note
 */
export function isNoteEvent(event: KnownEvent | OtherEvent<string>): event is NoteEvent {
  return noteEventTypes.has(event.type);
}

/** An event of any other type: of a fork, or of a newer Misskey. */
export type OtherEvent<Type extends string = OtherType> = EventFacts & {
  readonly type: Type;
  readonly body: OpenBody;
};

export type MisskeyEvent = KnownEvent | OtherEvent;

/** The event that a type stands for: a known one, `"*"` for any, an unknown string for an OtherEvent of it. */
export type EventOf<Type extends string> = string extends Type
  ? MisskeyEvent
  : Type extends "*"
    ? MisskeyEvent
    : Type extends EventType
      ? Extract<KnownEvent, { type: Type }>
      : OtherEvent<Type>;
