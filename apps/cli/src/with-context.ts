import { type Context, openContext } from "@misskeep/operations";
import { connectRedis, type Redis, type RedisAddress, waitUntilReady } from "@misskeep/redis";
import type { Deps } from "./deps.ts";
import { CliError } from "./errors.ts";
import { findRedis } from "./find-redis.ts";
import { noteWait } from "./note-wait.ts";

const READY_WITHIN_MS = 5_000;
/** A person waits for these no longer; against others `waitUntilReady` knows that waiting cannot help. */
const FINAL = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|DB index is out of range/;

/**
 * Runs a command's work on Redis, and closes what it opened.
 *
 * @throws CliError `REDIS_UNREACHABLE` and those of `findRedis`; RedisUnreachableError; and whatever `work` throws
 */
export async function withContext<T>(deps: Deps, work: (context: Context) => Promise<T>): Promise<T> {
  const settings = await deps.settings();
  const redis = await noteWait(deps.terminal, findRedis(settings).then(connect));
  // A lost connection fails the command that waits for it; nothing is to be added.
  const context = openContext(redis, () => {});
  try {
    return await work(context);
  } finally {
    await context.queues.close();
    redis.disconnect();
  }
}

async function connect(address: RedisAddress): Promise<Redis> {
  let fail = (_error: Error): void => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const onError = (error: Error): void => {
    // Where a name has several addresses, Node gives one error for all, without a message.
    const text = error.message || ((error as NodeJS.ErrnoException).code ?? error.name);
    // While sentinels choose another master, the one that they name still refuses.
    if (FINAL.test(text) && address.sentinels === undefined) fail(unreachable(text, error));
  };
  const redis = connectRedis({ ...address, role: "command", name: "misskeep-cli", onError });
  try {
    await Promise.race([waitUntilReady(redis, READY_WITHIN_MS), failed]);
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

function unreachable(why: string, cause: Error): CliError {
  const message = `Redis cannot be reached (${why}). Check REDIS_URL, and that the server runs.`;
  return new CliError("REDIS_UNREACHABLE", message, { cause });
}
