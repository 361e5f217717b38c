import type { Note, UserLite } from "@misskeep/schema";

/** What Discord takes at most; Slack takes more. */
const LONGEST_URL = 2_048;

/**
 * A URL out of a payload, made safe for markup.
 *
 * @returns undefined unless it is http or https, without credentials, and no longer than both services take
 */
export function httpUrl(text: string | null | undefined): string | undefined {
  if (typeof text !== "string" || text.length > LONGEST_URL || !URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  if ((protocol !== "http:" && protocol !== "https:") || username !== "" || password !== "") return undefined;
  // The one character of both services' markup that URLs keep.
  const safe = href.replaceAll("|", "%7C");
  return safe.length > LONGEST_URL ? undefined : safe;
}

/**
 * Where a note can be read: on the server that sent the event, where the hook's owner can answer; where that
 * is unknown, on the note's own.
 */
export function noteLink(note: Note, server: string | undefined): string | undefined {
  if (server === undefined) return httpUrl(note.url) ?? httpUrl(note.uri);
  return httpUrl(`${server}/notes/${encoded(note.id)}`);
}

export function profileLink(user: UserLite, server: string | undefined): string | undefined {
  if (server === undefined) return undefined;
  const host = typeof user.host === "string" ? `@${encoded(user.host)}` : "";
  return httpUrl(`${server}/@${encoded(user.username)}${host}`);
}

/** encodeURIComponent throws at lone surrogates. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}
