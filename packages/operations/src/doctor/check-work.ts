import { inboxState, RECLAIM_AFTER_MS } from "@misskeep/inbox";
import type { WorkerRecord } from "@misskeep/queue";
import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";
import { type Finding, ok, warn } from "./finding.ts";

const WAITING_MS = 60_000;
/** A live dispatcher takes entries over after a minute; it gets half of one to do so. */
const STUCK_MS = RECLAIM_AFTER_MS + 30_000;
const COUNTED = 1_000;

/** Whether there is anybody to do the work. */
export function checkWorkers(workers: readonly WorkerRecord[]): Finding {
  const live = workers.filter((worker) => worker.live).length;
  return live === 0
    ? warn("workers", "No worker is live: events are kept, and wait.", "Start one (`npm start`).")
    : ok("workers", live === 1 ? "1 worker is live." : `${live} workers are live.`);
}

/** Whether events get from the inbox to the processors. @param now ms since 1970, by Redis' clock */
export async function checkDispatch(redis: Redis, now: number): Promise<Finding> {
  const [inbox, stuck] = await Promise.all([inboxState(redis), countStuck(redis)]);
  const oldest = inbox.oldestWaitingAt;
  if (stuck > 0) {
    const many =
      stuck === COUNTED
        ? `${COUNTED} or more events are`
        : stuck === 1
          ? "1 event is"
          : `${stuck} events are`;
    return warn(
      "dispatch",
      `${many} held by a dispatcher that has not dispatched them for over ${Math.floor(STUCK_MS / 1_000)} s, and no other takes them over.`,
      "Start a worker, or look at the log of one that is live.",
    );
  }
  return oldest !== undefined && now - oldest > WAITING_MS
    ? warn(
        "dispatch",
        `${inbox.waiting} events wait for a dispatcher, some for over a minute.`,
        "Look at a worker's log.",
      )
    : ok("dispatch", "No event waits long for a dispatcher.");
}

async function countStuck(redis: Redis): Promise<number> {
  try {
    const entries = await redis.xpending(keys.inbox, DISPATCHERS, "IDLE", STUCK_MS, "-", "+", COUNTED);
    return entries.length;
  } catch (error) {
    // Nothing was ever received, or no worker has ever started.
    if (error instanceof Error && error.message.startsWith("NOGROUP")) return 0;
    throw error;
  }
}
