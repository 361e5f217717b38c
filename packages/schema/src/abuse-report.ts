/**
 * A report to the moderators. Required: `id`. The users in it may be null (deleted since) or missing.
 *
 * `comment`, `moderationNote`, and who reported are private; they leave Misskeep only where someone asked.
 * MisskeyIO's own report events carry the bare database row: the same names, without the users.
 */
import { z } from "zod";
import { userLiteSchema } from "./user.ts";

export const abuseReportSchema = z.looseObject({
  id: z.string(),
  targetUserId: z.string().optional(),
  targetUser: userLiteSchema.nullish(),
  targetUserHost: z.string().nullish(),
  reporterId: z.string().optional(),
  reporter: userLiteSchema.nullish(),
  reporterHost: z.string().nullish(),
  assigneeId: z.string().nullish(),
  assignee: userLiteSchema.nullish(),
  resolved: z.boolean().optional(),
  resolvedAs: z.enum(["accept", "reject"]).nullish(),
  forwarded: z.boolean().optional(),
  comment: z.string().optional(),
  moderationNote: z.string().optional(),
});
export type AbuseReport = z.infer<typeof abuseReportSchema>;
