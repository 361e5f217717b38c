/** The wall clock of a process jumps, and back. */
import type { Deployment } from "../world.ts";
import type { Fault } from "./fault.ts";

/**
 * For ingest less than what parts deliveries that are known by their bytes (15 minutes). For a worker not more than a
 * run may be late: what it puts off while its clock is ahead waits so much longer.
 */
const MOST_MS = { ingest: 400_000, worker: 20_000 };

function clockJump(app: "ingest" | "worker"): Fault<Deployment> {
  return {
    kind: `${app} clock`,
    resource: app,
    lasts: [1_000, 8_000],
    async start(world, random) {
      const member = random.pick(world.of(app));
      const pid = member.pid();
      const ms = random.int(MOST_MS[app] / 10, MOST_MS[app]) * (random.chance(0.5) ? 1 : -1);
      member.shiftClock(ms);
      return {
        target: `${member.name} by ${ms} ms`,
        pids: pid === undefined ? [] : [pid],
        stop: async () => member.shiftClock(0),
      };
    },
  };
}

export const clockFaults: readonly Fault<Deployment>[] = [clockJump("ingest"), clockJump("worker")];
