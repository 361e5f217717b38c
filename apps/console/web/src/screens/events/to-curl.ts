/** A delivery as `GET /api/events/:id/fixture` gives it. Its secret is not in it. */
export interface Fixture {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The exact body, if it is UTF-8. */
  readonly rawBody?: string;
  /** The exact body, if it is not. */
  readonly base64?: string;
}

/** Where `npm start` listens. */
const ADDRESS = "http://127.0.0.1:3000/misskey";
const SECRET = "x-misskey-hook-secret";

/**
 * A command for a POSIX shell, bash or zsh that delivers the same bytes, with the secret from the variable
 * MISSKEY_HOOK_SECRET: the same as the command line's own.
 *
 * Pasted into a terminal, a body that holds control characters could act on it, and one that reverses the writing
 * direction could look like another command: such a body is written in base64, as is one that is no UTF-8. It goes
 * by a pipe, since the kernel refuses an argument of over 128 KiB.
 */
export function toCurl({ headers, rawBody, base64 }: Fixture): string {
  const options = headers.map(([name, value]) =>
    name === SECRET ? `-H ${quote(`${name}: `)}"$MISSKEY_HOOK_SECRET"` : `-H ${quote(`${name}: ${value}`)}`,
  );
  const body =
    rawBody !== undefined && !UNSAFE.test(rawBody)
      ? `printf %s ${quote(rawBody)}`
      : `printf %s ${quote(base64 ?? toBase64(rawBody ?? ""))} | base64 -d`;
  return `${body} | ${["curl --data-binary @-", ...options, quote(ADDRESS)].join(" \\\n  ")}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function toBase64(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCodePoint(byte);
  return btoa(bytes);
}

/** Controls, lone surrogates, separators of lines; marks that change the direction, invisible tags. */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;
