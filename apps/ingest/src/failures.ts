import type { UnavailableCode } from "./answers.ts";
import { SpoolRefused } from "./spool/spool.ts";

/** What ioredis says when it could not bring a command to Redis or waited too long. */
const NOT_REACHED =
  /^(Command timed out|Connection is closed|Stream isn't writeable|Reached the max retries)/;

/** Replies that speak of Redis' state, not of our command: LOADING, READONLY, NOREPLICAS, MISCONF, CLUSTERDOWN, … */
const STATE_REPLY = /^(?!ERR |BADARG |WRONGTYPE |NOSCRIPT )[A-Z]{4,} /;

/**
 * Sorts the errors of keeping an event. After each of Redis' the event goes to the spool; after one of the spool's it
 * is answered 503, and Misskey sends it again. Only `INTERNAL` is a fault of ours.
 */
export function toUnavailableCode(error: unknown): UnavailableCode {
  if (!(error instanceof Error)) return "INTERNAL";
  if (error instanceof SpoolRefused) return error.code;
  if (error.message.startsWith("OOM ")) return "REDIS_FULL";
  if (error.name === "ReplyError") return STATE_REPLY.test(error.message) ? "REDIS_UNAVAILABLE" : "INTERNAL";
  const code = "code" in error ? String(error.code) : "";
  const isOfNetwork = code === "DEADLINE" || /^E[A-Z]+$/.test(code) || NOT_REACHED.test(error.message);
  return isOfNetwork ? "REDIS_UNAVAILABLE" : "INTERNAL";
}
