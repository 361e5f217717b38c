/** The parts of a handle. `host` is null for a user of the sending server. */
export interface Handle {
  readonly username: string;
  readonly host: string | null;
}

/** Misskey's usernames; remote software also allows `.` and `-` within them. */
const HANDLE = /^@?([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,127})(?:@([\p{L}\p{N}][\p{L}\p{N}.:-]{0,254}))?$/u;

/**
 * Reads `@alice@example.tld` or, for a user of the sending server, `@alice`; the first `@` may be missing. Case
 * does not count, and a host may be written in Unicode or in Punycode.
 *
 * @returns undefined if the text is no handle
 */
export function parseHandle(text: string): Handle | undefined {
  const [, username, host] = HANDLE.exec(text.trim()) ?? [];
  if (username === undefined) return undefined;
  return { username: username.toLowerCase(), host: host === undefined ? null : toHost(host) };
}

/** The one way to write a handle. @returns undefined if the text is no handle */
export function normalizeHandle(text: string): string | undefined {
  const handle = parseHandle(text);
  return handle && `@${handle.username}${handle.host === null ? "" : `@${handle.host}`}`;
}

/** As Misskey writes hosts: in lower-case Punycode, with the port if there is one. */
export function toHost(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).host : host.toLowerCase();
}
