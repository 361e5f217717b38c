/** A delivery as a test can send it again; its secret is not in it. */
export interface Fixture {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where `npm start` listens. */
const ADDRESS = "http://127.0.0.1:3000/misskey";

/**
 * A command that sends a delivery again, for a POSIX shell with `$SECRET` set to the hook's secret.
 *
 * Bodies and headers are strangers' texts: nothing of them is read by the shell, by curl or by the terminal. curl
 * would take a text that begins with `@` for a file's name, so `--data-raw`; control characters are escaped.
 */
export function toCurl({ headers, body }: Fixture): string {
  const kept = Object.entries(headers).filter(([name]) => !DROPPED.has(name.toLowerCase()));
  return [
    `curl -X POST ${ADDRESS}`,
    ...kept.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    `-H "x-misskey-hook-secret: $SECRET"`,
    `--data-raw ${quote(body)}`,
  ].join(" \\\n  ");
}

/** curl sets these itself, or they hold the secret. */
const DROPPED = new Set(["content-length", "host", "connection", "x-misskey-hook-secret"]);

/** @returns a word of bash, zsh or any shell with `$'…'` */
function quote(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is escaped
  if (!/[\u0000-\u001f\u007f-\u009f]/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  // oxlint-disable-next-line no-control-regex -- as above
  const escaped = text.replaceAll(/[\\'\u0000-\u001f\u007f-\u009f]/gu, (char) => {
    if (char === "\\" || char === "'") return `\\${char}`;
    return [...new TextEncoder().encode(char)]
      .map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`)
      .join("");
  });
  return `$'${escaped}'`;
}
