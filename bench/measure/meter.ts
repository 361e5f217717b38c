import { cpuOf } from "../host/cpu.ts";
import type { Program } from "../host/program.ts";
import type { RunRedis } from "../host/redis.ts";

/** What something cost, in all. */
export interface Cost {
  /** Of the contestant's own processes, µs. */
  readonly cpuUs: number;
  /** Of Redis, µs. */
  readonly redisUs: number;
  readonly commands: number;
  readonly reads: number;
  readonly bytesIn: number;
  /** What Redis holds more than before. */
  readonly bytesKept: number;
}

/** Starts to count. @returns a function that says what was spent since */
export async function meter(programs: readonly Program[], redis: RunRedis): Promise<() => Promise<Cost>> {
  const pids = programs.map(({ pid }) => pid);
  const before = await redis.figures();
  const cpuBefore = cpuOf(pids);
  return async () => {
    const cpuUs = cpuOf(pids) - cpuBefore;
    const after = await redis.figures();
    return {
      cpuUs,
      redisUs: after.cpuUs - before.cpuUs,
      commands: after.commands - before.commands,
      reads: after.reads - before.reads,
      bytesIn: after.bytesIn - before.bytesIn,
      bytesKept: after.bytesUsed - before.bytesUsed,
    };
  };
}

/** @param events how many to divide by */
export function perEvent(cost: Cost, events: number) {
  return {
    cpuUs: cost.cpuUs / events,
    redisUs: cost.redisUs / events,
    totalUs: (cost.cpuUs + cost.redisUs) / events,
    commands: cost.commands / events,
    reads: cost.reads / events,
    bytesIn: cost.bytesIn / events,
    bytesKept: cost.bytesKept / events,
  };
}
