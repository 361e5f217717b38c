import type { WorkerRecord } from "@misskeep/queue";
import type { Redis } from "@misskeep/redis";
import { type Finding, ok, warn } from "./finding.ts";

const SKEW_MS = 2_000;
/** A worker's clock is seen through its heartbeat, which can be a while on its way. */
const WORKER_SKEW_MS = 5_000;
const SYNCHRONISE = "Synchronise both (NTP): ages, delays and the recognition of resends rest on them.";

/** Half the round trip is how far off the answer can be without any skew. */
export async function checkClock(redis: Redis, now: () => number): Promise<Finding> {
  const before = now();
  const [seconds, microseconds] = await redis.time();
  const after = now();
  const skew = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (before + after) / 2;
  const off = Math.max(0, Math.abs(skew) - (after - before) / 2);
  if (off <= SKEW_MS) return ok("clock", "This machine's clock and Redis' agree.");
  const direction = skew > 0 ? "ahead of" : "behind";
  return warn(
    "clock",
    `Redis' clock is ${(off / 1_000).toFixed(1)} s ${direction} this machine's.`,
    SYNCHRONISE,
  );
}

/** Delays and `maxAge` go by the workers' own clocks. */
export function checkWorkerClocks(workers: readonly WorkerRecord[]): readonly Finding[] {
  return workers.flatMap(({ live, about, clockAheadMs }) => {
    if (!live || clockAheadMs === null || Math.abs(clockAheadMs) <= WORKER_SKEW_MS) return [];
    const seconds = (Math.abs(clockAheadMs) / 1_000).toFixed(0);
    const direction = clockAheadMs > 0 ? "ahead of" : "behind";
    const message = `The clock of worker ${about.host} (${about.pid}) is ${seconds} s ${direction} Redis'.`;
    return [warn("clock", message, SYNCHRONISE)];
  });
}
