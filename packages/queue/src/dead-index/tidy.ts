import { keys, type Redis } from "@misskeep/redis";
import { listKnownProcessors } from "../known-processors.ts";
import { pruneMarks } from "./prune-marks.ts";
import { reconcileDeadIndex } from "./reconcile.ts";

/** A little less than the time between two looks, so that the next worker's look finds it gone. */
const LOCK_MS = 25_000;
const FULL_EVERY_MS = 600_000;

/**
 * Mends the index of every processor's dead letters: what a crash left out, and once in ten minutes what only a
 * comparison of all letters shows; then also forgets what people said of groups that are long gone. All workers call
 * it; one of them does it.
 */
export async function tidyDeadIndex(redis: Redis): Promise<void> {
  if ((await redis.set(keys.lock("dead-index"), "1", "PX", LOCK_MS, "NX")) === null) return;
  const full = (await redis.set(keys.lock("dead-index-full"), "1", "PX", FULL_EVERY_MS, "NX")) !== null;
  for (const name of await listKnownProcessors(redis)) {
    await reconcileDeadIndex(redis, name, { full });
    if (full) await pruneMarks(redis, name);
  }
}
