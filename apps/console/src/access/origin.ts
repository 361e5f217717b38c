/**
 * Whether a request comes from a page of somebody else.
 *
 * | `Sec-Fetch-Site` | `Origin` | |
 * |---|---|---|
 * | `same-origin`, `none` | any | ours, or typed by a person |
 * | `same-site`, `cross-site` | any | foreign: another port of localhost is foreign too |
 * | absent | as `Host` says, or absent | ours, or no browser at all |
 * | absent | another | foreign |
 *
 * Browsers send `Sec-Fetch-Site` over TLS and to loopback. It comes first, as a proxy may change `Host`.
 */
import type { IncomingHttpHeaders } from "node:http";

export function isForeign(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/**
 * Whether a `Host` header names this machine. A page of somebody else can point its own name at 127.0.0.1 (DNS
 * rebinding), and is then of the same origin to the browser; its name still stands here.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host);
}

const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})(?::\d{1,5})?$/i;
