import type { Log, Outcome } from "@misskeep/processor";

/**
 * Plain JSON of what a handler returned. It has taken effect by then, so nothing here may fail it: whatever is
 * no outcome counts as handled, with a warning to the author.
 */
export function toOutcome(returned: unknown, log: () => Log): Outcome {
  const { type, detail, reason } = read(returned);
  if (type === "ignored") return { type, reason: typeof reason === "string" ? reason : "no reason given" };
  if (type !== "handled")
    log().warn({}, "the handler returned neither handled() nor ignored(reason); taken as handled");
  return typeof detail === "string" ? { type: "handled", detail } : { type: "handled" };
}

/** Reading may throw: a getter or a proxy. */
function read(returned: unknown): { type?: unknown; detail?: unknown; reason?: unknown } {
  try {
    const { type, detail, reason } = (returned ?? {}) as Record<string, unknown>;
    return { type, detail, reason };
  } catch {
    return {};
  }
}
