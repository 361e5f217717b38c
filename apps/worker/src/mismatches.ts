import type { Log } from "@misskeep/processor";
import type { Mismatch } from "@misskeep/schema";

/** Enough for every path of every type; after it a changing server cannot fill memory or the log. */
const MAX_REMEMBERED = 1_000;

/**
 * Logs a tolerated mismatch once per type and path, and counts each: the sign that Misskey has changed.
 *
 * @returns what takes an event's mismatches
 */
export function mismatchLog(
  log: Log,
  count: (type: string) => void,
): (type: string, mismatches: readonly Mismatch[]) => void {
  const seen = new Set<string>();
  return (type, mismatches) => {
    for (const { path, message } of mismatches) {
      count(type);
      const key = `${type} ${path}`;
      if (seen.has(key) || seen.size >= MAX_REMEMBERED) continue;
      seen.add(key);
      log.warn({ type, path, problem: message }, "a field of the event is not as expected; it is left out");
    }
  };
}
