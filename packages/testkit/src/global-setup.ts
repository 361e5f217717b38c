/** Vitest's global setup: one Redis server for a whole run; each test takes a database of it. */
import type { TestProject } from "vitest/node";
import { startTestRedis } from "./start-test-redis.ts";
import type { TestRedis } from "./test-redis.ts";

declare module "vitest" {
  export interface ProvidedContext {
    misskeepRedisUrl: string;
  }
}

// Vitest calls this once per project, and all projects run in one process.
let shared: Promise<TestRedis> | undefined;
let users = 0;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  shared ??= startTestRedis();
  const redis = await shared;
  project.provide("misskeepRedisUrl", redis.url);
  return async () => {
    users -= 1;
    if (users === 0) await redis.stop();
  };
}
