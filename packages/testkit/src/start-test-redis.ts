import { dockerAnswers } from "@misskeep/private-redis";
import { startContainerRedis } from "./container-redis.ts";
import { startPrivateRedis } from "./private-test-redis.ts";
import type { TestRedis } from "./test-redis.ts";

/**
 * Starts a Redis server in a container where Docker answers, else as a private server on a folder of its own, with
 * `appendonly yes`, `appendfsync always`, `noeviction` and room for a database per test.
 */
export async function startTestRedis(): Promise<TestRedis> {
  return (await dockerAnswers(process.env)) ? startContainerRedis() : startPrivateRedis();
}
