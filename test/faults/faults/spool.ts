/** Redis is away and the spool takes over: then its disk fills up, or its machine loses power. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

const fullDisk: Fault = {
  kind: "network to Redis cut, the spool's disk full",
  resource: "redis",
  lasts: [500, 4_000],
  async start({ redisNet, disk }, random) {
    redisNet.mode("cut");
    await sleep(random.int(0, 2_000));
    if (disk.isOwn) disk.fill();
    return {
      target: disk.isOwn ? "the spool's disk" : "the network only: a disk of its own needs root",
      async stop() {
        disk.free();
        // Written to once more, before Redis is back.
        await sleep(random.int(0, 2_000));
        redisNet.mode("open");
      },
    };
  },
};

/** All replicas of ingest share the disk, and so the machine. */
const powerLoss: Fault = {
  kind: "network to Redis cut, ingest's machine loses power",
  resource: "redis",
  lasts: [0, 1_500],
  async start({ redisNet, disk, of }, random) {
    redisNet.mode("cut");
    await sleep(random.int(500, 2_500));
    const ingests = of("ingest");
    await Promise.all(ingests.map((member) => member.end("SIGKILL", "a loss of power")));
    const lost = disk.losePower();
    return {
      target: `ingest; ${lost} files were not synced`,
      async stop() {
        redisNet.mode("open");
        await Promise.all(ingests.map((member) => member.ready()));
      },
    };
  },
};

export const spoolFaults: readonly Fault[] = [fullDisk, powerLoss];
