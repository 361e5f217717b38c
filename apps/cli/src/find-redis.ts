import type { RedisAddress } from "@misskeep/redis";
import type { Settings } from "./deps.ts";
import { CliError } from "./errors.ts";

/**
 * Where Redis is: as the settings say, else the private one that `npm start` runs on the data dir.
 *
 * @throws CliError `REDIS_NOT_FOUND`, `REDIS_NOT_RUNNING`, `REDIS_NOT_ANSWERING`, `REDIS_RECORD_UNREADABLE`
 */
export async function findRedis(settings: Settings): Promise<RedisAddress> {
  const { redisUrl, redisSentinels, redisSentinelMaster, redisSentinelPassword, dataDir } = settings;
  if (redisUrl !== undefined || redisSentinels !== undefined) {
    return {
      url: redisUrl,
      sentinels: redisSentinels,
      sentinelMaster: redisSentinelMaster,
      sentinelPassword: redisSentinelPassword,
    };
  }
  const { findPrivateRedis } = await import("@misskeep/private-redis");
  const found = await findPrivateRedis(dataDir).catch((error: unknown) => {
    throw new CliError(
      "REDIS_RECORD_UNREADABLE",
      `The private Redis in ${dataDir} belongs to another user. Run this as that user, or set REDIS_URL.`,
      { cause: error },
    );
  });
  if (found === undefined) {
    throw new CliError(
      "REDIS_NOT_FOUND",
      `No Redis is known: REDIS_URL is not set, and none was ever started in ${dataDir}. ` +
        "Start Misskeep with `npm start`, or set REDIS_URL in the environment or in .env.",
    );
  }
  if (found.answer === "ours") return { url: found.url };
  if (found.answer === "silent") {
    throw new CliError(
      "REDIS_NOT_ANSWERING",
      `The private Redis in ${dataDir} does not answer on port ${found.port}: it may be loading its data. ` +
        `Try again in a moment, and look at ${dataDir}/redis/redis.log.`,
    );
  }
  throw new CliError(
    "REDIS_NOT_RUNNING",
    `The private Redis in ${dataDir} does not run. Start Misskeep with \`npm start\`, or set REDIS_URL.`,
  );
}
