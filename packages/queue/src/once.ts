import { createHash } from "node:crypto";
import { keys, type Redis } from "@misskeep/redis";

const REMEMBERED_MS = 8 * 24 * 3_600_000;

/**
 * Claims a meaning for an event: of several events that mean the same to a processor, the first one gets it.
 *
 * @param meaning what the processor's `once` returned
 * @returns the id of the event that has it; the caller's own if it is the first, or claims it again
 */
export async function claimOnce(
  redis: Redis,
  processor: string,
  meaning: string,
  eventId: string,
): Promise<string> {
  const digest = createHash("sha256").update(meaning).digest("base64url").slice(0, 22);
  const holder = await redis.set(keys.once(processor, digest), eventId, "PX", REMEMBERED_MS, "NX", "GET");
  return holder ?? eventId;
}
