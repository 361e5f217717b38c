/**
 * A user as webhooks carry it: lite (author of a note, new follower) or detailed (follow, unfollow).
 *
 * Required: `id` and `username`. Everything else may be missing; `null` is accepted where Misskey sends it.
 * `memo` is the hook owner's private note about the user; `moderationNote`, `twoFactorEnabled` and
 * `securityKeys` appear where the owner is a moderator. None of them belongs in a log or a message.
 */
import { z } from "zod";
import { listOf, stringTable, strings } from "./lists.ts";

/** What Misskey knows of a remote user's server. */
const instanceSchema = z.looseObject({
  name: z.string().nullish(),
  softwareName: z.string().nullish(),
  softwareVersion: z.string().nullish(),
  iconUrl: z.string().nullish(),
  faviconUrl: z.string().nullish(),
  themeColor: z.string().nullish(),
});

const avatarDecorationSchema = z.looseObject({
  id: z.string().optional(),
  url: z.string().optional(),
  angle: z.number().optional(),
  flipH: z.boolean().optional(),
  offsetX: z.number().optional(),
  offsetY: z.number().optional(),
});

const badgeRoleSchema = z.looseObject({
  name: z.string().optional(),
  iconUrl: z.string().nullish(),
  displayOrder: z.number().optional(),
});

/** The short form of a user. `host` is null for a user of the sending server. */
export const userLiteSchema = z.looseObject({
  id: z.string(),
  username: z.string(),
  name: z.string().nullish(),
  host: z.string().nullish(),
  avatarUrl: z.string().optional(),
  avatarBlurhash: z.string().nullish(),
  avatarDecorations: listOf(avatarDecorationSchema).optional(),
  isBot: z.boolean().optional(),
  isCat: z.boolean().optional(),
  requireSigninToViewContents: z.boolean().optional(),
  makeNotesFollowersOnlyBefore: z.number().nullish(),
  makeNotesHiddenBefore: z.number().nullish(),
  instance: instanceSchema.optional(),
  emojis: stringTable().optional(),
  onlineStatus: z.enum(["unknown", "online", "active", "offline"]).optional(),
  badgeRoles: listOf(badgeRoleSchema).optional(),
});
export type UserLite = z.infer<typeof userLiteSchema>;

const profileFieldSchema = z.looseObject({ name: z.string().optional(), value: z.string().optional() });

/** The long form: the short one, the profile, counts, and how the hook's owner and the user relate. */
export const userDetailedSchema = userLiteSchema.extend({
  url: z.string().nullish(),
  uri: z.string().nullish(),
  movedTo: z.string().nullish(),
  alsoKnownAs: strings().nullish(),
  createdAt: z.string().optional(),
  updatedAt: z.string().nullish(),
  lastFetchedAt: z.string().nullish(),
  bannerUrl: z.string().nullish(),
  bannerBlurhash: z.string().nullish(),
  isLocked: z.boolean().optional(),
  isSilenced: z.boolean().optional(),
  isSuspended: z.boolean().optional(),
  description: z.string().nullish(),
  location: z.string().nullish(),
  birthday: z.string().nullish(),
  lang: z.string().nullish(),
  fields: listOf(profileFieldSchema).optional(),
  verifiedLinks: strings().optional(),
  followersCount: z.number().optional(),
  followingCount: z.number().optional(),
  notesCount: z.number().optional(),
  pinnedNoteIds: strings().optional(),
  followedMessage: z.string().nullish(),
  memo: z.string().nullish(),
  moderationNote: z.string().optional(),
  twoFactorEnabled: z.boolean().optional(),
  usePasswordLessLogin: z.boolean().optional(),
  securityKeys: z.boolean().optional(),
  isFollowing: z.boolean().optional(),
  isFollowed: z.boolean().optional(),
  hasPendingFollowRequestFromYou: z.boolean().optional(),
  hasPendingFollowRequestToYou: z.boolean().optional(),
  isBlocking: z.boolean().optional(),
  isBlocked: z.boolean().optional(),
  isMuted: z.boolean().optional(),
  isRenoteMuted: z.boolean().optional(),
});
export type UserDetailed = z.infer<typeof userDetailedSchema>;
