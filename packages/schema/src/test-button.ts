/**
 * Tells what Misskey's test button made. Nothing marks such a delivery but the dummy ids in it
 * (`dummy-note-1`, `dummy-user-1`, `dummy-abuse-report1`), which no id generator of Misskey can make.
 *
 * The test of `inactiveModeratorsWarning` says 100,000 ms are 24 hours; a real one never does. Those of
 * `inactiveModeratorsInvitationOnlyChanged` and of forks' types without a body look exactly like real ones.
 */
import { isObject } from "./envelope.ts";

/**
 * @param body a parsed body
 * @returns whether the test button made it
 */
export function isFromTestButton(body: unknown): boolean {
  if (!isObject(body)) return false;
  if (hasDummyId(body) || hasDummyId(body["note"]) || hasDummyId(body["user"])) return true;
  const remaining = body["remainingTime"];
  return isObject(remaining) && remaining["time"] === 100_000 && remaining["asHours"] === 24;
}

function hasDummyId(entity: unknown): boolean {
  if (!isObject(entity)) return false;
  const id = entity["id"];
  return typeof id === "string" && id.startsWith("dummy-");
}
