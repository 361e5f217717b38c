/**
 * A note, with the notes it replies to or renotes inside it.
 *
 * Required: `id`, `user.id`, `user.username`. Everything else may be missing. Misskey sends `null` for some
 * absent things and leaves others out; its test button sends `null` for both, and both are accepted.
 *
 * - A missing `visibility` never means public: whoever shows a note elsewhere asks `isShareable` first.
 * - `renote` recurses without limit on the wire (95 chained quotes were seen in 1.2 MB). Nested notes are
 *   checked down to `CHECKED_DEPTH` and passed on as they came below it, so no payload can exhaust the stack.
 *   Below that depth the types are a hope, not a promise.
 */
import { z } from "zod";
import { driveFileSchema } from "./drive-file.ts";
import { listOf, numberTable, stringTable, strings } from "./lists.ts";
import { userLiteSchema } from "./user.ts";

/** How many levels of `reply` and `renote` below the event's own note are checked. */
export const CHECKED_DEPTH = 8;

export const visibilitySchema = z.enum(["public", "home", "followers", "specified"]);
export type Visibility = z.infer<typeof visibilitySchema>;

const pollChoiceSchema = z.looseObject({
  text: z.string().optional(),
  votes: z.number().optional(),
  isVoted: z.boolean().optional(),
});

export const pollSchema = z.looseObject({
  multiple: z.boolean().optional(),
  expiresAt: z.string().nullish(),
  choices: listOf(pollChoiceSchema).optional(),
});
export type Poll = z.infer<typeof pollSchema>;

const channelSchema = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  color: z.string().optional(),
  isSensitive: z.boolean().optional(),
  allowRenoteToExternal: z.boolean().optional(),
  userId: z.string().nullish(),
});

const shallowNoteSchema = z.looseObject({
  id: z.string(),
  user: userLiteSchema,
  createdAt: z.string().optional(),
  deletedAt: z.string().nullish(),
  userId: z.string().optional(),
  text: z.string().nullish(),
  cw: z.string().nullish(),
  visibility: visibilitySchema.optional(),
  localOnly: z.boolean().optional(),
  isHidden: z.boolean().optional(),
  reactionAcceptance: z
    .enum(["likeOnly", "likeOnlyForRemote", "nonSensitiveOnly", "nonSensitiveOnlyForLocalLikeOnlyForRemote"])
    .nullish(),
  renoteCount: z.number().optional(),
  repliesCount: z.number().optional(),
  reactionCount: z.number().optional(),
  clippedCount: z.number().optional(),
  reactions: numberTable().optional(),
  reactionEmojis: stringTable().optional(),
  reactionAndUserPairCache: strings().optional(),
  myReaction: z.string().nullish(),
  emojis: stringTable().optional(),
  fileIds: strings().optional(),
  files: listOf(driveFileSchema).optional(),
  tags: strings().optional(),
  mentions: strings().optional(),
  visibleUserIds: strings().optional(),
  replyId: z.string().nullish(),
  renoteId: z.string().nullish(),
  channelId: z.string().nullish(),
  channel: channelSchema.nullish(),
  hasPoll: z.boolean().optional(),
  poll: pollSchema.nullish(),
  uri: z.string().optional(),
  url: z.string().optional(),
});

export type Note = z.infer<typeof shallowNoteSchema> & {
  reply?: Note | null | undefined;
  renote?: Note | null | undefined;
};

function noteSchemaOfDepth(depth: number): z.ZodType<Note> {
  const nested = depth === 0 ? z.custom<Note>(() => true) : noteSchemaOfDepth(depth - 1).nullish();
  return shallowNoteSchema.extend({ reply: nested.optional(), renote: nested.optional() });
}

export const noteSchema: z.ZodType<Note> = noteSchemaOfDepth(CHECKED_DEPTH);
