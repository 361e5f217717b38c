import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { urlOf, type RedisRecord } from "./config.ts";

/**
 * | answer | at the recorded address |
 * |---|---|
 * | `ours` | a Redis that takes the recorded password and works on this folder |
 * | `another` | something else took the port |
 * | `nothing` | nobody listens |
 * | `silent` | somebody listens and does not answer in time: still loading, frozen, or no Redis |
 */
export type Answer = "ours" | "another" | "nothing" | "silent";

/** Asks who answers at a recorded address for `dir`. */
export async function whoAnswers(record: RedisRecord, dir: string, timeoutMs: number): Promise<Answer> {
  let onError = (_error: Error): void => {};
  const failed = new Promise<Answer>((resolve) => {
    onError = (error) => {
      if (error.message.includes("ECONNREFUSED")) resolve("nothing");
      else if (/WRONGPASS|NOAUTH|invalid password|no password is set/i.test(error.message))
        resolve("another");
    };
  });
  const redis = connectRedis({ url: urlOf(record), role: "command", onError: (error) => onError(error) });
  const asked = waitUntilReady(redis, timeoutMs)
    .then(() => redis.config("GET", "dir"))
    .then((reply): Answer => (Array.isArray(reply) && reply[1] === dir ? "ours" : "another"))
    .catch((): Answer => "silent");
  try {
    return await Promise.race([failed, asked]);
  } finally {
    redis.disconnect();
  }
}
