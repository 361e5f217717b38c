/**
 * Example deliveries for `misskeep send TYPE`: what a real server would send, with invented people. Event id,
 * times and ids of notes and reports are new on each call, so that two examples are never taken for one event.
 *
 * They are not marked as tests: a person sends one to see what their processors do with the real thing.
 */
import type { AbuseReport } from "./abuse-report.ts";
import type { EventType } from "./events.ts";
import type { Note } from "./note.ts";
import type { UserDetailed, UserLite } from "./user.ts";

const server = "https://misskey.example";

/**
 * @param type a known event type
 * @returns the JSON value of a whole request body, envelope included
 */
export function exampleBody(type: EventType): unknown {
  const now = Date.now();
  return {
    server,
    hookId: "a1examplehook0001",
    ...(systemTypes.has(type) ? {} : { userId: alice.id }),
    eventId: crypto.randomUUID(),
    createdAt: now,
    type,
    body: bodyMakers[type](now),
  };
}

const systemTypes: ReadonlySet<EventType> = new Set<EventType>([
  "abuseReport",
  "abuseReportResolved",
  "userCreated",
  "inactiveModeratorsWarning",
  "inactiveModeratorsInvitationOnlyChanged",
  "inactiveModeratorsDisablePublicNoteChanged",
]);

/** The owner of the example hook. */
const alice = local("a1exampleuser0001", "alice", "Alice 🌸");
const bob = local("a1exampleuser0002", "bob", "Bob");
const carol: UserLite = {
  ...local("a1exampleuser0003", "carol", "キャロル"),
  host: "remote.example",
  avatarUrl: "https://remote.example/avatars/carol.png",
  instance: {
    name: "Remote Example",
    softwareName: "misskey",
    softwareVersion: "2025.11.1",
    iconUrl: null,
    faviconUrl: null,
    themeColor: "#86b300",
  },
};

const bodyMakers: Readonly<Record<EventType, (now: number) => unknown>> = {
  note: (now) => ({ note: note(now, alice, "Good morning! おはようございます☀️") }),
  reply: (now) => {
    const first = note(now - 60_000, alice, "Who wants tea? お茶にしませんか？🍵");
    const reply = note(now, bob, "Me, please!");
    return { note: { ...reply, mentions: [alice.id], replyId: first.id, reply: first } };
  },
  renote: (now) => {
    const first = note(now - 60_000, alice, "Look at this sunset 🌇");
    return { note: { ...note(now, carol, null), renoteId: first.id, renote: first } };
  },
  mention: (now) => ({
    note: { ...note(now, carol, "@alice@misskey.example はじめまして！"), mentions: [alice.id] },
  }),
  follow: (now) => ({ user: detailed(now, carol, { isFollowing: true, isFollowed: false }) }),
  followed: () => ({ user: bob }),
  unfollow: (now) => ({ user: detailed(now, carol, { isFollowing: false, isFollowed: false }) }),
  reaction: () => ({}),
  abuseReport: (now) => report(now),
  abuseReportResolved: (now) => ({
    ...report(now),
    assigneeId: alice.id,
    assignee: alice,
    resolved: true,
    resolvedAs: "accept",
  }),
  userCreated: (now) => local(newId(now), "newcomer", null),
  inactiveModeratorsWarning: () => ({ remainingTime: { time: 129_600_000, asHours: 36, asDays: 1 } }),
  inactiveModeratorsInvitationOnlyChanged: () => ({}),
  inactiveModeratorsDisablePublicNoteChanged: () => ({}),
  edited: (now) => ({ note: note(now - 60_000, alice, "Good evening! (edited)") }),
  reportCreated: (now) => ({ report: report(now) }),
  reportResolved: (now) => ({ updatedReport: { ...report(now), resolved: true } }),
  reportAutoResolved: (now) => ({ report: { ...report(now), resolved: true } }),
};

function local(id: string, username: string, name: string | null): UserLite {
  return {
    id,
    name,
    username,
    host: null,
    avatarUrl: `${server}/identicon/${username}@misskey.example`,
    avatarBlurhash: null,
    avatarDecorations: [],
    isBot: false,
    isCat: false,
    emojis: {},
    onlineStatus: "unknown",
    badgeRoles: [],
  };
}

function detailed(now: number, user: UserLite, relation: Partial<UserDetailed>): UserDetailed {
  return {
    ...user,
    url: typeof user.host === "string" ? `https://${user.host}/@${user.username}` : null,
    createdAt: new Date(now - 86_400_000).toISOString(),
    isLocked: false,
    isSilenced: false,
    isSuspended: false,
    description: "Hello! こんにちは！",
    fields: [],
    followersCount: 12,
    followingCount: 34,
    notesCount: 56,
    memo: null,
    ...relation,
  };
}

function note(createdAt: number, user: UserLite, text: string | null): Note {
  return {
    id: newId(createdAt),
    createdAt: new Date(createdAt).toISOString(),
    userId: user.id,
    user,
    text,
    cw: null,
    visibility: "public",
    localOnly: false,
    reactionAcceptance: null,
    renoteCount: 0,
    repliesCount: 0,
    reactionCount: 0,
    reactions: {},
    reactionEmojis: {},
    fileIds: [],
    files: [],
    replyId: null,
    renoteId: null,
  };
}

function report(now: number): AbuseReport {
  return {
    id: newId(now),
    targetUserId: carol.id,
    targetUser: carol,
    reporterId: bob.id,
    reporter: bob,
    assigneeId: null,
    assignee: null,
    resolved: false,
    forwarded: false,
    comment: "Spam. スパムです。",
    moderationNote: "",
    resolvedAs: null,
    targetUserHost: carol.host,
    reporterHost: null,
  };
}

/** An id of the same shape as Misskey's "aidx": 8 characters of time since 2000, then 8 that never repeat. */
function newId(createdAt: number): string {
  const time = (createdAt - Date.UTC(2000, 0)).toString(36).padStart(8, "0");
  return time + crypto.randomUUID().slice(0, 8);
}
