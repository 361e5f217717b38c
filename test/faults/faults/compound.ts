/**
 * Two faults that only together reach a rare moment: a process ends while what it asked of Redis is done and its
 * answer is still under way.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

const killedInSlowNetwork: Fault = {
  kind: "worker SIGKILL in a slow network",
  resource: "redis",
  lasts: [500, 3_000],
  async start({ redisNet, of }, random) {
    redisNet.mode({ slowMs: random.int(200, 600) });
    await sleep(random.int(300, 1_500));
    const member = random.pick(of("worker"));
    await member.end("SIGKILL", "SIGKILL in a slow network");
    return {
      target: member.name,
      async stop() {
        redisNet.mode("open");
        await member.ready();
      },
    };
  },
};

const stoppedWithAnswersLost: Fault = {
  kind: "worker SIGTERM with answers lost",
  resource: "redis",
  lasts: [100, 1_000],
  async start({ redisNet, of }, random) {
    redisNet.mode("deaf");
    const member = random.pick(of("worker"));
    const ended = member.end("SIGTERM", "SIGTERM with answers lost");
    return {
      target: member.name,
      async stop() {
        redisNet.mode("open");
        await ended;
        await member.ready();
      },
    };
  },
};

export const compoundFaults: readonly Fault[] = [killedInSlowNetwork, stoppedWithAnswersLost];
