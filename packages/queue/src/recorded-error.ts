import type { RecordedError } from "./run-record.ts";

/** The last 20 runs of a job keep theirs. Characters. */
const MAX_STACK = 4_096;
const MAX_MESSAGE = 2_000;

/** Plain JSON of whatever was thrown. Never throws, or the run would have no end. */
export function toRecordedError(error: unknown): RecordedError {
  try {
    if (!(error instanceof Error)) return { name: "Thrown", message: String(error).slice(0, MAX_MESSAGE) };
    const { name, message, code, stack } = error as unknown as Record<string, unknown>;
    return {
      name: String(name),
      message: String(message).slice(0, MAX_MESSAGE),
      ...(typeof code === "string" ? { code } : {}),
      ...(typeof stack === "string" ? { stack: withCauses(stack, error) } : {}),
    };
  } catch {
    return { name: "Thrown", message: "something that cannot be shown" };
  }
}

function withCauses(stack: string, error: Error): string {
  const causes: string[] = [];
  // Bounded: a cause may point back at its error.
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause)
    causes.push(`Caused by: ${cause.stack ?? cause.message}`);
  return [stack, ...causes].join("\n").slice(0, MAX_STACK);
}
