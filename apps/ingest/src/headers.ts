/**
 * What ingest reads from a request's headers.
 *
 * Misskey's own forks kept its names or renamed them with themselves:
 * `X-Misskey-Hook-Secret`, `X-Firefish-Hook-Secret`, `X-Iceshrimp-…`, `X-Calckey-…`, `X-Groundpolis-…`,
 * and `-Hook-Id` and `-Host` alike.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

const SENDERS = ["misskey", "firefish", "iceshrimp", "calckey", "groundpolis"] as const;
const SECRETS = SENDERS.map((sender) => `x-${sender}-hook-secret`);
const SECRET_LENGTHS = new Set(SECRETS.map((name) => name.length));
const HOOK_IDS = SENDERS.map((sender) => `x-${sender}-hook-id`);
const HOSTS = SENDERS.map((sender) => `x-${sender}-host`);

/**
 * Takes the secret out of a request, so that nothing that sees the request later (a log, a trace, an error) can
 * show it.
 *
 * @returns the secret as Latin-1 text; empty if there is none
 */
export function takeSecret(request: IncomingMessage): string {
  const { headers, rawHeaders } = request;
  const secret = firstOf(headers, SECRETS) ?? "";
  for (const name of SECRETS) if (headers[name] !== undefined) delete headers[name];
  // Of thousands of headers Node puts only some into `headers`, but all into these.
  for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
    const name = rawHeaders[i] ?? "";
    if (SECRET_LENGTHS.has(name.length) && SECRETS.includes(name.toLowerCase())) rawHeaders.splice(i, 2);
  }
  return secret;
}

/** What the headers say of the sender. Anyone can write anything there, if the secret is wrong. */
export interface SenderHeaders {
  readonly hookId: string | undefined;
  /** The server's host, with any port. */
  readonly host: string | undefined;
}

export function readSender(headers: IncomingHttpHeaders): SenderHeaders {
  return { hookId: firstOf(headers, HOOK_IDS), host: firstOf(headers, HOSTS) };
}

const NOT_PLAIN = /[\p{Cc}\p{Cf}]/gu;

/** Text of a stranger's that will be shown: no control characters, and cut. */
export function clip(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(NOT_PLAIN, "");
}

function firstOf(headers: IncomingHttpHeaders, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = headers[name];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}
