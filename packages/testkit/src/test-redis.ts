import { dockerAnswers } from "@misskeep/private-redis";
import { startContainerRedis } from "./container-redis.ts";
import { startPrivateRedis } from "./private-test-redis.ts";

/** A Redis server of a test's own, configured as Misskeep wants it, that the test may maltreat. */
export interface TestRedis {
  /** The same after a restart. */
  readonly url: string;
  /** As by SIGKILL: at once, nothing is written any more. */
  kill(): Promise<void>;
  /** Starts it again on its data, after ending it by SIGKILL if it still runs. */
  restart(): Promise<void>;
  /** Its connections stay open and it answers nothing, until `thaw`. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a Redis server in a container where Docker answers, else as a private server on a folder of its own, with
 * `appendonly yes`, `appendfsync always`, `noeviction` and room for a database per test.
 */
export async function startTestRedis(): Promise<TestRedis> {
  return (await dockerAnswers(process.env)) ? startContainerRedis() : startPrivateRedis();
}

/** A database index for every test of a run. */
export const DATABASES = 10_000;
