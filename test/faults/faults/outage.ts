/** What lasts longer than the times inside of the system: reclaiming, renewing, Misskey's own patience. Long form only. */
import type { Fault } from "./fault.ts";

const longCut: Fault = {
  kind: "network to Redis cut for long",
  resource: "redis",
  lasts: [30_000, 90_000],
  async start({ redisNet }) {
    redisNet.mode("cut");
    return { target: "network to Redis", stop: async () => redisNet.mode("open") };
  },
};

const longStall: Fault = {
  kind: "network to Redis half-open for long",
  resource: "redis",
  lasts: [20_000, 40_000],
  async start({ redisNet }) {
    redisNet.mode("half-open");
    return { target: "network to Redis", stop: async () => redisNet.mode("open") };
  },
};

/** What its dispatcher holds is taken over meanwhile; then it wakes up and believes that it still holds it. */
const longStop: Fault = {
  kind: "worker SIGSTOP for long",
  resource: "worker",
  lasts: [62_000, 80_000],
  async start({ of }, random) {
    const member = random.pick(of("worker"));
    const pid = member.pid();
    member.signal("SIGSTOP");
    return {
      target: member.name,
      pids: pid === undefined ? [] : [pid],
      async stop() {
        member.signal("SIGCONT");
        await member.ready();
      },
    };
  },
};

export const outages: readonly Fault[] = [longCut, longStall, longStop];
