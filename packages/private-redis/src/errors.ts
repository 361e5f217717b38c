/**
 * | code | means |
 * |---|---|
 * | `REDIS_NOT_FOUND` | no way to a Redis server works on this machine; the message lists the ways out |
 * | `REDIS_DID_NOT_START` | a server was found, started, and ended before it answered |
 * | `REDIS_NOT_ANSWERING` | a server lives on the folder but does not answer, so none may be started beside it |
 * | `REDIS_RECORD_UNREADABLE` | a server lives on the folder, but its record does not say how to reach it |
 */
export type PrivateRedisErrorCode =
  "REDIS_NOT_FOUND" | "REDIS_DID_NOT_START" | "REDIS_NOT_ANSWERING" | "REDIS_RECORD_UNREADABLE";

export class PrivateRedisError extends Error {
  override readonly name = "PrivateRedisError";
  readonly code: PrivateRedisErrorCode;

  constructor(code: PrivateRedisErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
