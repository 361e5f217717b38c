/**
 * Requests to the addresses that the settings name. Each is a secret: whoever knows it can post there. So no result
 * holds it, nor the text of an error or an answer.
 */
export const REQUEST_TIMEOUT_MS = 10_000;

export type PostResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** `HTTP 404`, `ECONNREFUSED`, `no answer within 10 s` */
      readonly reason: string;
      /** When it wants to be asked again, ms from now. */
      readonly retryAfterMs: number | undefined;
    };

/** @param body sent as JSON; redirects are not followed, since they would turn it into a GET */
export function postJson(url: string, body: object, signal: AbortSignal): Promise<PostResult> {
  return send(url, signal, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "manual",
  });
}

export function get(url: string, signal: AbortSignal): Promise<PostResult> {
  return send(url, signal, { method: "GET" });
}

async function send(url: string, stop: AbortSignal, init: RequestInit): Promise<PostResult> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
  const headers = { "user-agent": "Misskeep", ...(init.headers as Record<string, string> | undefined) };
  try {
    const response = await fetch(url, { ...init, headers, signal });
    const retryAfterMs = response.status === 429 ? readRetryAfter(response) : undefined;
    await response.body?.cancel().catch(() => undefined);
    return response.ok ? { ok: true } : { ok: false, reason: `HTTP ${response.status}`, retryAfterMs };
  } catch (error) {
    return { ok: false, reason: describe(error), retryAfterMs: undefined };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return "no reason known";
  if (error.name === "TimeoutError") return `no answer within ${REQUEST_TIMEOUT_MS / 1_000} s`;
  if (error.name === "AbortError") return "stopped";
  const { cause } = error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no reason known";
}

/** Nobody is kept silent for longer by a wrong number. */
const LONGEST_WAIT_MS = 3_600_000;

/** `Retry-After` (RFC 9110, section 10.2.3): seconds, Discord's with decimals, or a date. */
function readRetryAfter(response: Response): number | undefined {
  const text = response.headers.get("retry-after")?.trim() ?? "";
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds * 1_000, 0), LONGEST_WAIT_MS);
}
