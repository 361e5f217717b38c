import type { EventType } from "../../api/types.ts";

/** The types that Misskey and its forks are known to send, for suggestions; any other can be typed in. */
const known = {
  note: true,
  reply: true,
  renote: true,
  mention: true,
  follow: true,
  followed: true,
  unfollow: true,
  reaction: true,
  edited: true,
  abuseReport: true,
  abuseReportResolved: true,
  userCreated: true,
  inactiveModeratorsWarning: true,
  inactiveModeratorsInvitationOnlyChanged: true,
  inactiveModeratorsDisablePublicNoteChanged: true,
  reportCreated: true,
  reportResolved: true,
  reportAutoResolved: true,
} satisfies Record<EventType, true>;

export const knownTypes: string[] = Object.keys(known);
