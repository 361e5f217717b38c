/**
 * A file attached to a note. Nothing in it is required.
 *
 * Show a file openly only if `isSensitive` is `false`: a missing or malformed flag says nothing.
 * `comment` is the alternative text, written by the user.
 */
import { z } from "zod";

const propertiesSchema = z.looseObject({
  width: z.number().optional(),
  height: z.number().optional(),
  orientation: z.number().optional(),
  avgColor: z.string().optional(),
});

export const driveFileSchema = z.looseObject({
  id: z.string().optional(),
  createdAt: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  md5: z.string().optional(),
  size: z.number().optional(),
  isSensitive: z.boolean().optional(),
  blurhash: z.string().nullish(),
  properties: propertiesSchema.optional(),
  url: z.string().optional(),
  thumbnailUrl: z.string().nullish(),
  comment: z.string().nullish(),
  folderId: z.string().nullish(),
  userId: z.string().nullish(),
});
export type DriveFile = z.infer<typeof driveFileSchema>;
