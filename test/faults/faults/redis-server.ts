/** Redis dies, restarts, or stands still. */
import { AT_ONCE, type Fault } from "./fault.ts";

const killed: Fault = {
  kind: "redis SIGKILL",
  resource: "redis",
  lasts: [200, 6_000],
  async start({ redisServer, redisNet }) {
    await redisServer.kill();
    // Nobody is to try its port: a connection of the kernel's own choosing might take it.
    redisNet.mode("cut");
    return {
      target: "redis",
      async stop() {
        await redisServer.restart();
        redisNet.mode("open");
      },
    };
  },
};

const restarted: Fault = {
  kind: "redis restart",
  resource: "redis",
  lasts: AT_ONCE,
  async start({ redisServer }) {
    await redisServer.restart();
    return { target: "redis", stop: async () => {} };
  },
};

/** A stalled disk, a paused virtual machine: its connections stay open and nothing answers. */
const frozen: Fault = {
  kind: "redis SIGSTOP",
  resource: "redis",
  lasts: [500, 9_000],
  async start({ redisServer }) {
    await redisServer.freeze();
    return { target: "redis", stop: () => redisServer.thaw() };
  },
};

export const redisServerFaults: readonly Fault[] = [killed, restarted, frozen];
