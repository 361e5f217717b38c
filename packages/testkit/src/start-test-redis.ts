import { dockerAnswers } from "@misskeep/private-redis";
import { startContainerRedis } from "./container-redis.ts";
import { startPrivateRedis } from "./private-test-redis.ts";
import type { TestRedis } from "./test-redis.ts";

/**
 * Starts a Redis server for tests, with `appendonly yes`, `appendfsync always`, `noeviction` and room for a database
 * per test.
 *
 * | `TEST_REDIS` | where |
 * |---|---|
 * | not set | in a container where Docker answers and has the image; else a private server |
 * | `container` | in a container, or not at all |
 * | `private` | a private server on a folder of its own |
 */
export async function startTestRedis(): Promise<TestRedis> {
  const wanted = process.env["TEST_REDIS"];
  if (wanted === "container") return startContainerRedis();
  if (wanted === "private" || !(await dockerAnswers(process.env))) return startPrivateRedis();
  try {
    return await startContainerRedis();
  } catch (error) {
    process.stderr.write(
      `Docker cannot start a Redis (${(error as Error).message}); a private one is used.\n`,
    );
    return startPrivateRedis();
  }
}
