/** Passwords inside addresses, `redis://user:password@host`, are the secrets that slip into messages most easily. */

const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"'<>]*)@/gi;

/**
 * Hides the password (or a token standing alone) in every URL of a text; user and host stay readable.
 * `redis://:secret@host` becomes `redis://:***@host`.
 */
export function maskUrl(text: string): string {
  if (!text.includes("://")) return text;
  return text.replace(CREDENTIALS, (_, scheme: string, credentials: string) => {
    const colon = credentials.indexOf(":");
    return `${scheme}${colon === -1 ? "***" : `${credentials.slice(0, colon)}:***`}@`;
  });
}
