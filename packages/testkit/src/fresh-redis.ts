import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { inject } from "vitest";
import type {} from "./global-setup.ts";
import { startTestRedis } from "./start-test-redis.ts";
import type { TestRedis } from "./test-redis.ts";

/** The address of an empty database that no other test uses, on the Redis server of the run. */
export async function freshRedisUrl(): Promise<string> {
  const url = inject("misskeepRedisUrl");
  const redis = connectRedis({ url, role: "command" });
  try {
    await waitUntilReady(redis, 10_000);
    return `${url}/${await redis.incr("testkit:databases")}`;
  } finally {
    redis.disconnect();
  }
}

/** A Redis server for one test, which may kill, restart and freeze it; the test stops it. */
export function ownRedis(): Promise<TestRedis> {
  return startTestRedis();
}
