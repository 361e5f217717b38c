import type { Redis } from "ioredis";

/**
 * Waits until a connection can take commands. Ends at once where waiting cannot help.
 *
 * @param timeoutMs how long to wait
 * @throws RedisUnreachableError with the last connection error as its cause
 */
export async function waitUntilReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === "ready") return;
  let lastError: unknown;
  await new Promise<void>((resolve, reject) => {
    const onError = (error: unknown): void => {
      lastError = error;
      if (toCode(error) !== "REDIS_UNREACHABLE") fail();
    };
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      redis.off("error", onError).off("ready", onReady);
      done();
    };
    const onReady = (): void => settle(resolve);
    const fail = (): void => settle(() => reject(new RedisUnreachableError(timeoutMs, lastError)));
    const timer = setTimeout(fail, timeoutMs);
    redis.on("error", onError).on("ready", onReady);
  });
}

/**
 * | code | Redis |
 * |---|---|
 * | `REDIS_UNREACHABLE` | does not answer |
 * | `REDIS_LOGIN_REFUSED` | turns the user or the password of its address away, or lets that user do nothing |
 * | `REDIS_TLS_FAILED` | speaks no TLS, or shows a certificate that is not trusted |
 */
type UnreachableCode = "REDIS_UNREACHABLE" | "REDIS_LOGIN_REFUSED" | "REDIS_TLS_FAILED";

export class RedisUnreachableError extends Error {
  override readonly name = "RedisUnreachableError";
  readonly code: UnreachableCode;

  constructor(timeoutMs: number, cause: unknown) {
    const code = toCode(cause);
    const why = cause instanceof Error && cause.message ? `: ${cause.message}` : "";
    const refused = why.includes("sentinel")
      ? `The sentinels refuse REDIS_SENTINEL_PASSWORD${why}. Check it; that of the server is another.`
      : `Redis refuses the user or the password of REDIS_URL${why}. Check both, and what the user may do.`;
    const messages: Readonly<Record<UnreachableCode, string>> = {
      REDIS_UNREACHABLE: `Redis did not answer within ${timeoutMs / 1000} s${why}. Check REDIS_URL (rediss:// is for TLS, and for TLS alone) and that the server runs.`,
      REDIS_LOGIN_REFUSED: refused,
      REDIS_TLS_FAILED: `The connection to Redis cannot be made safe${why}. Check that it speaks TLS, that its certificate names this host, and that NODE_EXTRA_CA_CERTS names the file of the authority that signed it.`,
    };
    super(messages[code], { cause });
    this.code = code;
  }
}

/** By words, as all that is left of an error that came by way of a sentinel is its message. */
function toCode(error: unknown): UnreachableCode {
  const message = error instanceof Error ? error.message : "";
  if (/\b(WRONGPASS|NOAUTH|NOPERM|invalid password)\b/.test(message)) return "REDIS_LOGIN_REFUSED";
  if (/certificate|SSL routines/i.test(message)) return "REDIS_TLS_FAILED";
  return "REDIS_UNREACHABLE";
}
