import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { setTimeout as delay } from "node:timers/promises";
import { urlOf, type readRecord, type RedisRecord } from "./config.ts";
import { containerRuns } from "./docker.ts";
import { PrivateRedisError } from "./errors.ts";
import type { RedisFolder } from "./folder.ts";
import { accepts } from "./presence.ts";
import { whoAnswers } from "./probe.ts";

export interface AdoptOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly announce: (line: string) => void;
  readonly maxMemory: number | string;
  /** How long a server that lives may keep silent, loading its data apart. @default 15_000 */
  readonly patienceMs?: number | undefined;
}

/**
 * Takes over the server that already runs on the folder, left by a start that was killed or shared with one that
 * still runs. Two servers on one folder destroy each other's append-only files: so where one lives and cannot be
 * taken over, this throws rather than let another start.
 *
 * @returns undefined if no server lives on the folder
 * @throws PrivateRedisError `REDIS_NOT_ANSWERING`, `REDIS_RECORD_UNREADABLE`
 */
export async function adopt(
  folder: RedisFolder,
  record: Awaited<ReturnType<typeof readRecord>>,
  options: AdoptOptions,
): Promise<RedisRecord | undefined> {
  const known = typeof record === "object" ? record : undefined;
  const lives =
    (await accepts(folder.socket)) ||
    // No socket tells of a server in a container.
    (record !== "none" && known?.inContainer !== false && (await containerRuns(folder, options.env)));
  if (!lives) return undefined;
  if (!known) {
    throw new PrivateRedisError(
      "REDIS_RECORD_UNREADABLE",
      `A Redis server runs on ${folder.dir}, but ${folder.config} does not say how to reach it. ` +
        `End that server (a redis-server process, or a container named misskeep-redis-${folder.id}), then start again.`,
    );
  }
  await waitForAnswer(folder, known, options);
  await applyMemoryLimit(known, options.maxMemory);
  return known;
}

async function waitForAnswer(folder: RedisFolder, record: RedisRecord, options: AdoptOptions): Promise<void> {
  const deadline = Date.now() + (options.patienceMs ?? 15_000);
  for (;;) {
    const answer = await whoAnswers(record, folder.dir, Math.max(deadline - Date.now(), 1_000));
    if (answer === "ours") return;
    if (Date.now() > deadline) {
      throw new PrivateRedisError(
        "REDIS_NOT_ANSWERING",
        `A Redis server runs on ${folder.dir} but does not answer on port ${record.port}. ` +
          `It may be frozen or still loading its data: see ${folder.log}. End it or wait, then start again.`,
      );
    }
    await delay(100);
  }
}

async function applyMemoryLimit(record: RedisRecord, maxMemory: number | string): Promise<void> {
  const redis = connectRedis({ url: urlOf(record), role: "command" });
  try {
    await waitUntilReady(redis, 5_000);
    await redis.config("SET", "maxmemory", String(maxMemory));
  } finally {
    redis.disconnect();
  }
}
