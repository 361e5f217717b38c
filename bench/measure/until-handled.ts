import { setTimeout as sleep } from "node:timers/promises";
import type { Records } from "../contestants/records.ts";

const EVERY_MS = 50;
const GIVE_UP_MS = 60_000;

/**
 * Waits until so many jobs are written down, or no more come for a minute: what is missing then is lost.
 *
 * @returns ms since 1970 of the last change that was seen
 */
export function untilHandled(records: Records, wanted: number): Promise<number> {
  return untilCounted(() => records.count(), wanted);
}

/** The same of anything that can be counted. */
export async function untilCounted(counted: () => Promise<number>, wanted: number): Promise<number> {
  let before = -1;
  let changedAt = Date.now();
  for (;;) {
    const count = await counted();
    if (count !== before) [before, changedAt] = [count, Date.now()];
    if (count >= wanted || Date.now() - changedAt > GIVE_UP_MS) return changedAt;
    await sleep(EVERY_MS);
  }
}
