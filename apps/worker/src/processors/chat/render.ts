/**
 * What of an event may leave for a chat service. Everything private is decided here:
 *
 * | event | what is shown |
 * |---|---|
 * | a note that is shareable: public or home, federated, open to all | author, text, images, link |
 * | a note nested in it | the same, if it is shareable, too; else nothing |
 * | any other note | nothing: no message |
 * | the test button's note, which is local only | that it came |
 * | a follow, a new user | who it is |
 * | a report | who is reported; reporter and comment only with `fullReports` |
 * | anything else | that it happened |
 */
import {
  type AbuseReport,
  describe,
  isNoteEvent,
  isShareable,
  type MisskeyEvent,
  type Note,
  type NoteEvent,
  noteKind,
  type UserLite,
} from "@misskeep/schema";
import { noteContent } from "./content.ts";
import { httpUrl, noteLink, profileLink } from "./links.ts";
import type { About, Author, Message, Rendering } from "./message.ts";
import { cleanLine, cleanText } from "./text.ts";

export interface RenderOptions {
  /** Whether a report is shown with its reporter and comment. @default false */
  readonly fullReports?: boolean | undefined;
}

export function render(event: MisskeyEvent, { fullReports = false }: RenderOptions = {}): Rendering {
  if (isNoteEvent(event)) return renderNote(event);
  const base = { title: describe(event), at: event.receivedAt };
  const { server } = event;
  switch (event.type) {
    case "follow":
    case "followed":
    case "unfollow":
      return { message: { ...base, ...aboutUser(event.body.user, server) } };
    case "userCreated":
      return { message: { ...base, ...aboutUser(event.body, server) } };
    case "abuseReport":
    case "abuseReportResolved":
      return { message: { ...base, ...aboutReport(event.body, server, fullReports) } };
    case "reportCreated":
    case "reportAutoResolved":
      return { message: { ...base, ...aboutReport(event.body.report, server, fullReports) } };
    case "reportResolved":
      return { message: { ...base, ...aboutReport(event.body.updatedReport, server, fullReports) } };
    default:
      return { message: base };
  }
}

function renderNote(event: NoteEvent): Rendering {
  const { server, body } = event;
  const { note } = body;
  const title = describe(event);
  if (!isShareable(note))
    return event.isTest ? { message: { title, at: event.receivedAt } } : { withheld: whyWithheld(note) };
  const writtenAt = Date.parse(note.createdAt ?? "");
  const about = aboutOf(note, server);
  return {
    message: {
      title,
      at: Number.isNaN(writtenAt) ? event.receivedAt : writtenAt,
      ...defined("link", noteLink(note, server)),
      author: authorOf(note.user, server),
      content: noteContent(note),
      ...defined("about", about),
    },
  };
}

function whyWithheld({ visibility, localOnly }: Note): string {
  if (visibility === undefined) return "the note does not say who may see it";
  if (visibility !== "public" && visibility !== "home") return `the note's visibility is "${visibility}"`;
  return localOnly ? "the note is for its own server only" : "the note is not shown to everyone";
}

function aboutOf(note: Note, server: string | undefined): About | undefined {
  const nested = note.renote ?? note.reply;
  if (!nested || !isShareable(nested)) return undefined;
  const { handle } = authorOf(nested.user, server);
  const content = noteContent(nested);
  // Of a renote the other's images are the point; else the note's own are.
  if (noteKind(note) === "renote") return { label: `Note by ${handle}`, content };
  const label = note.renote ? `Quoting ${handle}` : `In reply to ${handle}`;
  return { label, content: { ...content, images: [], sensitiveImages: [] } };
}

function aboutUser(user: UserLite, server: string | undefined): Partial<Message> {
  return { author: authorOf(user, server), ...defined("link", profileLink(user, server)) };
}

function aboutReport(
  report: AbuseReport | undefined,
  server: string | undefined,
  full: boolean,
): Partial<Message> {
  const { targetUser, reporter, comment } = report ?? {};
  return {
    ...(targetUser ? defined("link", profileLink(targetUser, server)) : {}),
    ...(full && reporter ? { author: authorOf(reporter, server) } : {}),
    ...(full && comment !== undefined
      ? { content: { text: cleanText(comment), images: [], sensitiveImages: [] } }
      : {}),
  };
}

function authorOf(user: UserLite, server: string | undefined): Author {
  const host = user.host ?? server?.replace(/^https?:\/\//, "");
  return {
    handle: cleanLine(host === undefined ? `@${user.username}` : `@${user.username}@${host}`),
    ...defined("link", profileLink(user, server)),
    ...defined("avatar", httpUrl(user.avatarUrl)),
  };
}

/** Under exactOptionalPropertyTypes a property that is not there must be left out, not undefined. */
function defined<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
