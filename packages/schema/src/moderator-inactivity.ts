/** How long the moderators may still stay away before the server closes itself. Nothing in it is required. */
import { z } from "zod";

/** `time` is in milliseconds; `asHours` and `asDays` are the same, rounded down. */
export const remainingTimeSchema = z.looseObject({
  time: z.number().optional(),
  asHours: z.number().optional(),
  asDays: z.number().optional(),
});
export type RemainingTime = z.infer<typeof remainingTimeSchema>;
