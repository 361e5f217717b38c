/**
 * A request that was refused or did not arrive. `code` is the server's, or one of
 *
 * | code | means |
 * |---|---|
 * | `UNREACHABLE` | no answer: the console is down, or the network is |
 * | `BAD_ANSWER` | an answer that is none of the console's, such as a proxy's error page |
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  /** 0 where there was no answer. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("BAD_ANSWER", error instanceof Error ? error.message : String(error), 0);
}
