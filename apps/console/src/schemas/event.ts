import type {
  EventAtProcessor,
  EventContent,
  EventDetails,
  EventPage,
  EventSummary,
  Fixture,
  MisskeyFacts,
  NoteContent,
  PersonContent,
  RawBody,
  RecordedError,
  RunEntry,
} from "@misskeep/operations";
import { z } from "zod";
import { describes } from "./describes.ts";
import { list, time } from "./common.ts";
import type { Shown } from "../withhold.ts";

export const eventSummary = describes<EventSummary>()(
  z
    .object({
      id: z.string(),
      receivedAt: time,
      hook: z.string(),
      type: z.string().nullable(),
      sentence: z.string().describe("What happened, in one sentence; names of users are in it."),
      sentenceJa: z.string().describe("The same in Japanese."),
      isTest: z.boolean(),
      host: z.string().nullable(),
      bytes: z.number(),
    })
    .meta({ id: "EventSummary" }),
);

export const misskeyFacts = describes<MisskeyFacts>()(
  z.object({
    eventId: z.string().nullable(),
    server: z.string().nullable(),
    hookId: z.string().nullable(),
    ownerId: z.string().nullable(),
    createdAt: time.nullable(),
  }),
);

export const rawBody = describes<RawBody>()(
  z.union([z.object({ utf8: z.string() }), z.object({ base64: z.string() })]),
);

export const recordedError = describes<RecordedError>()(
  z
    .object({
      name: z.string(),
      message: z.string(),
      code: z.string().exactOptional(),
      stack: z.string().exactOptional(),
    })
    .meta({ id: "RecordedError" }),
);

export const runEntry = describes<RunEntry>()(
  z
    .object({
      attempt: z.number(),
      worker: z.string(),
      startedAt: time,
      endedAt: time.exactOptional(),
      end: z
        .enum(["handled", "ignored", "retry", "later", "paused", "dead", "handed-back", "crashed"])
        .exactOptional(),
      error: recordedError.exactOptional(),
    })
    .meta({ id: "Attempt" }),
);

export const eventAtProcessor = describes<EventAtProcessor>()(
  z.object({
    processor: z.string(),
    id: z.string(),
    parent: z.string().nullable(),
    state: z.enum(["waiting", "active", "delayed", "handled", "ignored", "dead", "discarded"]),
    attempts: z.number(),
    replays: z.number(),
    history: list(runEntry),
    steps: list(z.string()),
    detail: z.string().nullable(),
    error: recordedError.nullable(),
    endedAt: time.nullable(),
    discarded: z.object({ by: z.string(), why: z.string(), at: time }).nullable(),
    runsAt: time.nullable(),
  }),
);

const personContent = describes<PersonContent>()(
  z
    .object({
      name: z.string().nullable(),
      handle: z.string(),
      avatarUrl: z.string().nullable(),
      isBot: z.boolean(),
    })
    .meta({ id: "Person" }),
);

/** By hand, since it holds itself. */
const noteContent: z.ZodType<NoteContent> = z
  .object({
    id: z.string(),
    author: personContent,
    text: z.string().nullable(),
    cw: z.string().nullable(),
    visibility: z.string(),
    localOnly: z.boolean(),
    createdAt: time.nullable(),
    url: z.string().nullable(),
    files: list(
      z.object({
        name: z.string().nullable(),
        type: z.string().nullable(),
        url: z.string().nullable(),
        thumbnailUrl: z.string().nullable(),
        isSensitive: z.boolean(),
        comment: z.string().nullable(),
      }),
    ),
    get reply() {
      return noteContent.nullable();
    },
    get renote() {
      return noteContent.nullable();
    },
  })
  .meta({ id: "Note" });

export const eventContent = z.object({
  isPrivate: z.boolean(),
  note: noteContent.nullable(),
  people: list(personContent),
  reaction: z.string().nullable(),
}) satisfies z.ZodType<EventContent>;

/** Of one event or letter. */
export const contentShown = {
  content: eventContent.nullable().describe("Public content at once; private content if asked for."),
  contentHidden: z.boolean().describe("Whether it is private, and was not asked for or is not for you."),
};

export const eventPage = describes<EventPage>()(
  z.object({ events: list(eventSummary), scanned: z.number(), next: z.string().nullable() }),
);

export const eventDetails = describes<Shown<EventDetails>>()(
  z.object({
    ...eventSummary.shape,
    misskey: misskeyFacts,
    inbox: z
      .object({
        state: z.enum(["waiting", "held", "dispatched"]),
        secretNumber: z.number(),
        userAgent: z.string().nullable(),
        contentType: z.string().nullable(),
        pinBroken: z.string().nullable(),
        duplicates: z.object({ count: z.number(), last: time.nullable() }).nullable(),
      })
      .nullable(),
    processors: list(eventAtProcessor),
    erasedAt: time.nullable(),
    raw: rawBody.exactOptional(),
    ...contentShown,
  }),
);

export const fixture = describes<Fixture>()(
  z.object({
    headers: list(z.tuple([z.string(), z.string()]).readonly()),
    rawBody: z.string().exactOptional(),
    base64: z.string().exactOptional(),
    capturedFrom: z.string(),
  }),
);
