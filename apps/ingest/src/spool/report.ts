import { reportSpool } from "@misskeep/inbox";
import type { Redis } from "@misskeep/redis";
import { every } from "../every.ts";
import type { SpoolFs } from "./file-system.ts";
import { makeFolderId, readFolderId } from "./folder-id.ts";
import type { SpoolState } from "./spool.ts";

export interface ReportOptions {
  readonly redis: Redis;
  readonly fs: SpoolFs;
  readonly folder: string;
  readonly maxBytes: number;
  readonly host: string;
  state(): SpoolState;
  /** How often it looks whether there is something to say, ms. @default 1000 */
  readonly everyMs?: number;
}

/** Shorter than an empty spool is remembered. */
const SAY_AGAIN_MS = 30_000;

/**
 * Writes to Redis what the spool holds, for those who cannot see this disk: soon after it changes, else now and
 * then. While Redis is away nobody could read it.
 *
 * @returns a function that stops
 */
export function keepReporting(options: ReportOptions): () => Promise<void> {
  const { redis, fs, folder, maxBytes, host, everyMs = 1_000 } = options;
  let said = "";
  let saidAt = -Infinity;

  const report = async (): Promise<void> => {
    if (redis.status !== "ready") return;
    const { files, bytes, oldestAt, aside, refusal } = options.state();
    const news = {
      host,
      files,
      bytes,
      maxBytes,
      oldestReceivedAt: oldestAt ?? null,
      aside,
      refusal: refusal ?? null,
    };
    const now = Date.now();
    const saying = JSON.stringify(news);
    if (saying === said && now - saidAt < SAY_AGAIN_MS) return;
    // Read anew each time: of two ingests that named the folder at once, the later one's name is the folder's.
    const id = (await readFolderId(fs, folder)) ?? (await makeFolderId(fs, folder));
    await reportSpool(redis, { id, at: now, ...news });
    [said, saidAt] = [saying, now];
  };
  // It is said again in a moment; that Redis or the disk is away is told elsewhere.
  const reporting = every(everyMs, () => report().catch(() => undefined));
  reporting.now();
  return () => reporting.stop();
}
