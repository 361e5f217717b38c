/**
 * Sends a request to a processor's target. Promises, whatever the target does:
 *
 * - Redirects are not followed: they would turn the POST into a GET, or hand the content to someone else.
 * - Of an answer's body no more than 4 KiB are read, only with a 429, and nothing of it gets into an error.
 * - No error holds the URL, which is a secret, nor the cause, whose text is not ours: errors name the setting.
 */
import { parseRetryAfter, secondsToMs } from "./retry-after.ts";

export interface Posting {
  /** The setting that holds the URL; errors name it. */
  readonly setting: string;
  readonly url: string;
  /** JSON */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** When the target wants to be asked again, ms from now. */
  readonly retryAfterMs: number | undefined;
}

/** No answer: refused, reset, no such host, a bad certificate. It is tried again. */
export class TargetUnreachable extends Error {
  override readonly name = "TargetUnreachable";
  readonly code = "TARGET_UNREACHABLE";

  /** @param reason an error code, `ECONNREFUSED` */
  constructor(setting: string, reason: string) {
    super(`The target of ${setting} did not answer (${reason}).`);
  }
}

const MAX_BODY_BYTES = 4_096;

/**
 * Posts JSON.
 *
 * @returns the answer, whatever its status
 * @throws TargetUnreachable, or the signal's reason
 */
export async function post({ setting, url, body, headers, signal }: Posting): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Misskeep", ...headers },
      body,
      redirect: "manual",
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new TargetUnreachable(setting, codeOf(error));
  }
  const waits = [parseRetryAfter(response.headers.get("retry-after"), Date.now())];
  // Discord's body is more exact than its header; not to come too early, the longer wait counts.
  if (response.status === 429) waits.push(secondsToMs(retryAfterIn(await readStart(response))));
  else await dropBody(response);
  const known = waits.filter((wait) => wait !== undefined);
  return { status: response.status, retryAfterMs: known.length === 0 ? undefined : Math.max(...known) };
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "no reason known";
}

/** The status has told all: a body that breaks off changes nothing. */
async function dropBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

async function readStart(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return "";
    }
  } catch {
    return "";
  }
  return Buffer.concat(chunks).toString("utf8");
}

function retryAfterIn(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && "retry_after" in parsed
      ? parsed.retry_after
      : undefined;
  } catch {
    return undefined;
  }
}
