/** What Misskey sends: schemas, types, and one sentence about each event. */
export { abuseReportSchema, type AbuseReport } from "./abuse-report.ts";
export { describe, type DescribeOptions, type Language } from "./describe/describe.ts";
export { driveFileSchema, type DriveFile } from "./drive-file.ts";
export { envelopeSchema, eventTypeOf, type Envelope } from "./envelope.ts";
export {
  bodySchemas,
  eventTypes,
  isEventType,
  isNoteEvent,
  type EventHook,
  type EventOf,
  type EventType,
  type KnownEvent,
  type MisskeyEvent,
  type NoteEvent,
  type OpenBody,
  type OtherEvent,
  type OtherType,
} from "./events.ts";
export type { Mismatch } from "./mismatch.ts";
export { remainingTimeSchema, type RemainingTime } from "./moderator-inactivity.ts";
export { hasPoll, isShareable, noteKind, type NoteKind } from "./note-kind.ts";
export { noteSchema, pollSchema, visibilitySchema, type Note, type Poll, type Visibility } from "./note.ts";
export { exampleBody } from "./examples.ts";
export { parseEvent, type DeliveryFacts, type ParseResult } from "./parse-event.ts";
export { handleOf, peopleOf, readHandle } from "./people.ts";
export { userDetailedSchema, userLiteSchema, type UserDetailed, type UserLite } from "./user.ts";
