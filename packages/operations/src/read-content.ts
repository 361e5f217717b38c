import {
  isShareable,
  type MisskeyEvent,
  type Note,
  noteSchema,
  type UserLite,
  userLiteSchema,
} from "@misskeep/schema";
import type { EventContent, NoteContent, PersonContent } from "./event-content.ts";

const LONGEST_TEXT = 20_000;
const MOST_FILES = 32;

/**
 * What an event says. Memos, moderators' notes, comments of reports and who reported are never in it.
 *
 * @returns null where there is nobody and nothing to show
 */
export function readContent({ body, server, type }: MisskeyEvent): EventContent | null {
  const open = body as Readonly<Record<string, unknown>>;
  const found = noteSchema.safeParse(open["note"]);
  const note = found.success ? found.data : null;
  const users = peopleIn(open);
  if (!note && users.length === 0) return null;
  const isReport = type.startsWith("abuseReport") || type.startsWith("report");
  const hasMemo = users.some(({ memo }) => typeof memo === "string" && memo !== "");
  const reaction = open["reaction"];
  return {
    isPrivate: isReport || hasMemo || (note !== null && !isForEverybody(note)),
    note: note && toNote(note, server, 1),
    people: users.map((user) => toPerson(user)),
    reaction: typeof reaction === "string" ? cut(reaction) : null,
  };
}

/** Every note that is shown has to be: what a reply answers, and what a quote quotes, too. */
function isForEverybody(note: Note): boolean {
  return [note, note.reply, note.renote].every((each) => !each || isShareable(each));
}

/** Whom an event is about. Who reported, and who deals with a report, is not told. */
function peopleIn(body: Readonly<Record<string, unknown>>): UserLite[] {
  const reports = [body, body["report"], body["updatedReport"]] as (Record<string, unknown> | undefined)[];
  const candidates = [body["user"], body, ...reports.map((report) => report?.["targetUser"])];
  return candidates.flatMap((candidate) => {
    const user = userLiteSchema.safeParse(candidate);
    return user.success ? [user.data] : [];
  });
}

function toNote(note: Note, server: string | undefined, depth: number): NoteContent {
  const { reply, renote } = depth > 0 ? note : {};
  const createdAt = Date.parse(note.createdAt ?? "");
  const here = server === undefined ? undefined : `${server}/notes/${encodeURIComponent(note.id)}`;
  return {
    id: note.id,
    author: toPerson(note.user),
    text: text(note.text),
    cw: text(note.cw),
    visibility: note.visibility ?? "unknown",
    localOnly: note.localOnly ?? false,
    createdAt: Number.isNaN(createdAt) ? null : createdAt,
    url: webUrl(note.url) ?? webUrl(note.uri) ?? webUrl(here),
    files: (note.files ?? []).slice(0, MOST_FILES).map((file) => ({
      name: text(file.name),
      type: text(file.type),
      url: webUrl(file.url),
      thumbnailUrl: webUrl(file.thumbnailUrl),
      // A missing flag says nothing.
      isSensitive: file.isSensitive !== false,
      comment: text(file.comment),
    })),
    reply: reply ? toNote(reply, server, depth - 1) : null,
    renote: renote ? toNote(renote, server, depth - 1) : null,
  };
}

function toPerson({ name, username, host, avatarUrl, isBot }: UserLite): PersonContent {
  return {
    name: text(name),
    handle: cut(typeof host === "string" ? `@${username}@${host}` : `@${username}`),
    avatarUrl: webUrl(avatarUrl),
    isBot: isBot ?? false,
  };
}

/** Nothing but http and https leaves: neither `javascript:` nor `data:`. */
function webUrl(url: string | null | undefined): string | null {
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? href : null;
}

function text(value: string | null | undefined): string | null {
  return typeof value === "string" ? cut(value) : null;
}

function cut(value: string): string {
  return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
}
