import { keys, type Redis } from "@misskeep/redis";
import { scripts } from "./scripts.ts";

/** Longer than a message may take, so that nobody else sends it meanwhile. */
export const LOCK_MS = 60_000;

export const ALERTS_LOCK = keys.lock("alerts");

/**
 * Takes the lock of the alerts, or holds on to it for another minute. A dead holder's is free after that.
 *
 * @param who of this process and of no other
 * @returns false if another worker has it
 */
export async function holdLock(redis: Redis, who: string): Promise<boolean> {
  return (await scripts.holdLock.run(redis, [ALERTS_LOCK], [who, LOCK_MS])) === 1;
}

/** Lets another worker go on at once. */
export async function releaseLock(redis: Redis, who: string): Promise<void> {
  await scripts.releaseLock.run(redis, [ALERTS_LOCK], [who]);
}
