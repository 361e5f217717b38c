/**
 * An error as it is logged: name, message, code, stack, and the same of its cause. Other fields are left out on
 * purpose: ioredis puts the arguments of the command there, and with them whole notes.
 */

/** `cause` and `errors` can go round in circles. */
const MAX_CAUSES = 5;

export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

export function describeError(error: Error, depth = 0): DescribedError {
  const describe = (inner: unknown): unknown => {
    if (!(inner instanceof Error)) return typeof inner === "string" ? inner : `[${typeof inner}]`;
    return depth >= MAX_CAUSES ? "[more causes]" : describeError(inner, depth + 1);
  };
  const code = "code" in error ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.slice(0, 10).map(describe) }),
  };
}
