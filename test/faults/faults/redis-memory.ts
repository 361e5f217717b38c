/** Redis comes near to its memory's limit, or reaches it. */
import { parseInfo, waitUntilReady } from "@misskeep/redis";
import type { Fault } from "./fault.ts";

function shortOfMemory(kind: string, share: number): Fault {
  return {
    kind,
    resource: "redis",
    lasts: [1_000, 8_000],
    async start({ redis }) {
      await waitUntilReady(redis, 30_000);
      const used = Number(parseInfo(await redis.info("memory")).get("used_memory"));
      const [, before = "0"] = await redis.config("GET", "maxmemory");
      await redis.config("SET", "maxmemory", String(Math.floor(used / share)));
      return {
        target: "redis",
        stop: async () => void (await redis.config("SET", "maxmemory", before)),
      };
    },
  };
}

export const redisMemoryFaults: readonly Fault[] = [
  // Ingest stops using it here; workers go on.
  shortOfMemory("redis nearly full", 0.9),
  // It refuses every write that needs memory, the workers' too.
  shortOfMemory("redis full", 1.02),
];
