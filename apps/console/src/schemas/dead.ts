import type {
  DeadFilter,
  DeadGroup,
  DeadLetterDetails,
  DeadLetterPage,
  DeadLetterSummary,
  DiscardedPage,
} from "@misskeep/operations";
import { z } from "zod";
import { cursor, limit, list, time, whole, word } from "./common.ts";
import type { Shown } from "../withhold.ts";
import { describes } from "./describes.ts";
import { contentShown, eventSummary, misskeyFacts, rawBody, recordedError, runEntry } from "./event.ts";

export const moment = whole(0, 9_999_999_999_999);

/** What a query says about dead letters. */
export const deadFilterQuery = z.strictObject({
  processor: word.optional(),
  group: word.optional(),
  type: word.optional(),
  hook: word.optional(),
  error: word.optional(),
  minAttempts: whole(0, 1_000_000).optional(),
  maxAttempts: whole(0, 1_000_000).optional(),
  diedAfter: moment.optional(),
  diedBefore: moment.optional(),
  person: z.string().min(1).max(400).optional(),
  text: z.string().min(1).max(200).optional(),
});

export const deadQuery = z.strictObject({
  ...deadFilterQuery.shape,
  sort: z.enum(["newest", "oldest", "attempts"]).default("newest"),
  limit: limit(50),
  cursor,
  scan: whole(1, 20_000).optional(),
});

const attempts = z.number().int().min(0);
const at = z.number().int().min(0);
/** The same in a body. */
export const deadFilter = describes<DeadFilter>()(
  z.strictObject({
    processor: word.optional(),
    group: word.optional(),
    type: word.optional(),
    hook: word.optional(),
    error: word.optional(),
    minAttempts: attempts.optional(),
    maxAttempts: attempts.optional(),
    diedAfter: at.optional(),
    diedBefore: at.optional(),
    person: z.string().min(1).max(400).optional(),
    text: z.string().min(1).max(200).optional(),
  }),
);

const deadError = z.object({ name: z.string(), message: z.string(), code: z.string().nullable() });

export const deadLetterSummary = describes<DeadLetterSummary>()(
  z
    .object({
      processor: z.string(),
      id: z.string(),
      diedAt: time,
      error: deadError,
      group: z.string(),
      attempts: z.number(),
      replays: z.number(),
      edits: z.number(),
      event: eventSummary,
    })
    .meta({ id: "DeadLetter" }),
);

export const deadLetterPage = describes<DeadLetterPage>()(
  z.object({
    total: z.number(),
    matching: z.number().nullable(),
    processors: list(z.object({ processor: z.string(), dead: z.number() })),
    letters: list(deadLetterSummary),
    scanned: z.number(),
    next: z.string().nullable(),
  }),
);

export const deadLetterDetails = describes<Shown<DeadLetterDetails>>()(
  z.object({
    processor: z.string(),
    id: z.string(),
    diedAt: time,
    error: recordedError,
    group: z.string(),
    attempts: z.number(),
    replays: z.number(),
    history: list(runEntry),
    steps: list(z.string()),
    edits: list(z.object({ id: z.string(), by: z.string(), at: time })),
    parent: z.string().nullable(),
    event: eventSummary,
    misskey: misskeyFacts,
    erasedAt: time.nullable(),
    raw: rawBody.exactOptional(),
    ...contentShown,
  }),
);

export const deadGroup = describes<DeadGroup>()(
  z
    .object({
      group: z.string(),
      processor: z.string(),
      error: z.object({ name: z.string(), code: z.string().nullable() }),
      message: z.string(),
      count: z.number(),
      firstDiedAt: time,
      lastDiedAt: time,
      perHour: list(z.number()),
      example: z.object({ id: z.string(), message: z.string(), event: eventSummary }).nullable(),
      state: z.enum(["open", "resolved", "reopened"]),
      resolved: z.object({ by: z.string(), why: z.string(), at: time }).nullable(),
      mutedUntil: time.nullable(),
    })
    .meta({ id: "DeadGroup" }),
);

export const discardedPage = describes<DiscardedPage>()(
  z.object({
    total: z.number(),
    letters: list(
      z
        .object({
          ...deadLetterSummary.shape,
          discarded: z.object({ by: z.string(), why: z.string(), at: time, until: time }),
        })
        .meta({ id: "DiscardedLetter" }),
    ),
    next: z.string().nullable(),
  }),
);
