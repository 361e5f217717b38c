import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { setTimeout as delay } from "node:timers/promises";
import { urlOf, type RedisRecord } from "./config.ts";
import type { RedisFolder } from "./folder.ts";
import { accepts } from "./presence.ts";
import { whoAnswers } from "./probe.ts";

/**
 * Ends the folder's server with SHUTDOWN, which writes and syncs what is pending, and waits until it is gone. One
 * that is gone already is fine.
 */
export async function stopServer(folder: RedisFolder, record: RedisRecord): Promise<void> {
  if ((await whoAnswers(record, folder.dir, 5_000)) !== "ours") return;
  const redis = connectRedis({ url: urlOf(record), role: "command" });
  try {
    await waitUntilReady(redis, 5_000);
    // Redis closes the connection instead of answering, which the client reports as an error.
    await redis.shutdown().catch(() => undefined);
  } finally {
    redis.disconnect();
  }
  const lives = async (): Promise<boolean> =>
    record.inContainer
      ? (await whoAnswers(record, folder.dir, 1_000)) !== "nothing"
      : await accepts(folder.socket);
  while (await lives()) await delay(20);
}
