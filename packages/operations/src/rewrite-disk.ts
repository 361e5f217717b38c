import { setTimeout as sleep } from "node:timers/promises";
import { parseInfo, type Redis } from "@misskeep/redis";

/**
 * | state | Redis' append-only file, which keeps what was deleted until it is written anew |
 * |---|---|
 * | `rewriting` | is being written anew |
 * | `busy` | was being written already, and may hold what was deleted until the next time |
 * | `refused` | cannot be written anew by us: somebody else's server |
 * | `off` | is not there |
 */
export type DiskState = "rewriting" | "busy" | "refused" | "off";

const TRIES = 20;
const AGAIN_MS = 500;

/** Has Redis write its file anew, so that what was deleted leaves the disk, too. Takes 10 s at most. */
export async function rewriteDisk(redis: Redis): Promise<DiskState> {
  const info = parseInfo(await redis.info("persistence"));
  if (info.get("aof_enabled") !== "1") return "off";
  for (let i = 0; i < TRIES; i += 1) {
    try {
      await redis.bgrewriteaof();
      return "rewriting";
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ReplyError") throw error;
      if (!error.message.startsWith("ERR Background")) return "refused";
      // One that began before the erasure.
      await sleep(AGAIN_MS);
    }
  }
  return "busy";
}
