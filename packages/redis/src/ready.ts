import type { Redis } from "ioredis";

/**
 * Waits until a connection can take commands.
 *
 * @param timeoutMs how long to wait
 * @throws Error with code `REDIS_UNREACHABLE` and the last connection error as its cause
 */
export async function waitUntilReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === "ready") return;
  let lastError: unknown;
  await new Promise<void>((resolve, reject) => {
    const onError = (error: unknown): void => {
      lastError = error;
    };
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      redis.off("error", onError).off("ready", onReady);
      done();
    };
    const onReady = (): void => settle(resolve);
    const timer = setTimeout(
      () => settle(() => reject(new RedisUnreachableError(timeoutMs, lastError))),
      timeoutMs,
    );
    redis.on("error", onError).on("ready", onReady);
  });
}

export class RedisUnreachableError extends Error {
  override readonly name = "RedisUnreachableError";
  readonly code = "REDIS_UNREACHABLE";

  constructor(timeoutMs: number, cause: unknown) {
    const detail = cause instanceof Error && cause.message ? `: ${cause.message}` : "";
    super(
      `Redis did not answer within ${timeoutMs / 1000} s${detail}. Check REDIS_URL and that the server runs.`,
      { cause },
    );
  }
}
