/**
 * Redis syncs every second, and its machine loses power right after it is back from an outage: what it took since is
 * gone. Only for a deployment with `DURABILITY=second`, which accepts that of Redis, but not of the spool.
 */
import { readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inboxState } from "@misskeep/inbox";
import type { Redis } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import type { Fault } from "./fault.ts";

export const lostSecond: Fault = {
  kind: "redis loses its last second after an outage",
  resource: "redis",
  lasts: [0, 0],
  async start({ redis, redisServer, redisNet, syncEverySecond }, random) {
    redisNet.mode("cut");
    // By its end all that was written before is synced.
    await sleep(random.int(2_500, 4_000));
    const file = await appendOnlyFile(redis);
    const { size } = statSync(file);
    const accepted = async (): Promise<number> => (await inboxState(redis)).accepted;
    const before = await accepted();
    redisNet.mode("open");
    await until(async () => (await accepted()) > before + 10, { timeout: 30_000, every: 50 });
    await redisServer.kill();
    redisNet.mode("cut");
    truncateSync(file, size);
    return {
      target: "redis",
      async stop() {
        await redisServer.restart();
        await syncEverySecond();
        redisNet.mode("open");
      },
    };
  },
};

/** The part that is being written to. */
async function appendOnlyFile(redis: Redis): Promise<string> {
  const [, dir = ""] = await redis.config("GET", "dir");
  const [, folder = ""] = await redis.config("GET", "appenddirname");
  const [, name = ""] = await redis.config("GET", "appendfilename");
  const manifest = readFileSync(join(dir, folder, `${name}.manifest`), "utf8");
  const last = [...manifest.matchAll(/^file (\S+) seq \d+ type i/gm)].at(-1)?.[1];
  if (last === undefined) throw new Error(`No part is written to: ${manifest}`);
  return join(dir, folder, last);
}
