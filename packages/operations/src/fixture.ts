import type { RawBody } from "./event-summary.ts";
import type { EventDetails } from "./show-event.ts";

/** What is known of a delivery; of an event that the inbox no longer holds, `inbox` is null. */
export type KnownDelivery = Pick<EventDetails, "host" | "misskey" | "inbox"> & { readonly raw: RawBody };

/**
 * A delivery as a file for tests, in the format of the captures in packages/testkit.
 *
 * The secret is not in it, since it is nowhere: its header is empty.
 */
export interface Fixture {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The exact body, if it is UTF-8. */
  readonly rawBody?: string;
  /** The exact body, if it is not. */
  readonly base64?: string;
  /** The sending server, as it says. */
  readonly capturedFrom: string;
}

const SECRET = "x-misskey-hook-secret";

export function toFixture(delivery: KnownDelivery): Fixture {
  const { raw, misskey, host } = delivery;
  return {
    headers: headersOf(delivery),
    ...("utf8" in raw ? { rawBody: raw.utf8 } : { base64: raw.base64 }),
    capturedFrom: misskey.server ?? host ?? "unknown",
  };
}

/**
 * A command for a POSIX shell, bash or zsh that delivers the same bytes. The secret is taken from the variable
 * MISSKEY_HOOK_SECRET.
 *
 * Pasted into a terminal, a body that holds control characters could act on it, and one that reverses the writing
 * direction could look like another command: such a body is written in base64, as is one that is no UTF-8.
 *
 * @param url ingest's address, with path
 */
export function toCurl(delivery: KnownDelivery, url = "http://127.0.0.1:3000/misskey"): string {
  const headers = headersOf(delivery).map(([name, value]) =>
    name === SECRET ? `${quote(`${name}: `)}"$MISSKEY_HOOK_SECRET"` : quote(`${name}: ${value}`),
  );
  const { raw } = delivery;
  const body =
    "utf8" in raw && !UNSAFE.test(raw.utf8)
      ? `printf %s ${quote(raw.utf8)}`
      : `printf %s ${quote("utf8" in raw ? Buffer.from(raw.utf8, "utf8").toString("base64") : raw.base64)} | base64 -d`;
  const lines = ["curl --data-binary @-", ...headers.map((header) => `-H ${header}`), quote(url)];
  // By a pipe: the kernel refuses an argument of over 128 KiB, but printf is part of the shell.
  return `${body} | ${lines.join(" \\\n  ")}`;
}

function headersOf({ misskey, host, inbox }: KnownDelivery): [string, string][] {
  const headers: [string, string | null | undefined][] = [
    ["content-type", inbox?.contentType ?? "application/json"],
    ["user-agent", inbox?.userAgent ?? "Misskey-Hooks"],
    ["x-misskey-hook-id", misskey.hookId],
    [SECRET, ""],
    ["x-misskey-host", host],
  ];
  return headers.flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && !NOT_IN_HEADERS.test(value) ? [[name, value]] : [],
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Controls, lone surrogates, separators of lines; marks that change the direction, invisible tags. */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;
const NOT_IN_HEADERS = /[^\x20-\x7E]/;
