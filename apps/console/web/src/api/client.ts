import { ApiError } from "./api-error.ts";
import { endSession, queryClient } from "./query-client.ts";
import { type Query, toUrl } from "./to-url.ts";
import type { Session } from "./types.ts";

export { toUrl };

/** @throws ApiError */
export function apiGet<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return send<T>("GET", toUrl(path, query), undefined, signal);
}

/** @throws ApiError */
export function apiPost<T>(path: string, body: unknown = {}): Promise<T> {
  return send<T>("POST", toUrl(path), body);
}

/** @throws ApiError */
export function apiDelete<T>(path: string): Promise<T> {
  return send<T>("DELETE", toUrl(path), undefined);
}

async function send<T>(method: string, url: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const csrf = queryClient.getQueryData<Session | null>(["session"])?.csrf;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: "application/json, text/plain",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(csrf === undefined || csrf === null || method === "GET" ? {} : { "x-misskeep-csrf": csrf }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("UNREACHABLE", "The console does not answer.", 0);
  }
  const answer = await read(response);
  if (response.ok) return answer as T;
  // Signed out elsewhere, or the token is gone: back to the door.
  if (response.status === 401 && !url.startsWith("/api/session")) endSession();
  throw toError(response.status, answer);
}

/** JSON, or text where the answer says that it is text. */
async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  if (response.ok && response.headers.get("content-type")?.startsWith("text/plain")) return response.text();
  try {
    return (await response.json()) as unknown;
  } catch {
    throw new ApiError("BAD_ANSWER", `HTTP ${response.status}, and no JSON.`, response.status);
  }
}

function toError(status: number, answer: unknown): ApiError {
  const { code, message } = (answer ?? {}) as { code?: unknown; message?: unknown };
  return new ApiError(
    typeof code === "string" ? code : "BAD_ANSWER",
    typeof message === "string" ? message : `HTTP ${status}`,
    status,
  );
}
