import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRecord, urlOf } from "./config.ts";
import { openFolder } from "./folder.ts";
import { type Answer, whoAnswers } from "./probe.ts";

/** The private Redis of a data dir, as its record says, and whether it is there. */
export interface FoundRedis {
  /** Holds the password. */
  readonly url: string;
  readonly port: number;
  /** `ours`: it can be used. */
  readonly answer: Answer;
}

const ANSWER_WITHIN_MS = 2_000;

/**
 * Finds the private Redis that runs on a data dir; starts nothing, makes nothing.
 *
 * @returns undefined if none ever ran there
 * @throws the error of the file system, if the record may not be read
 */
export async function findPrivateRedis(dataDir: string): Promise<FoundRedis | undefined> {
  // Opening a folder makes it; where a record is, it has been made.
  if (!existsSync(join(dataDir, "redis", "redis.conf"))) return undefined;
  const folder = await openFolder(dataDir);
  const record = await readRecord(folder);
  if (typeof record === "string") return undefined;
  const answer = await whoAnswers(record, folder.dir, ANSWER_WITHIN_MS);
  return { url: urlOf(record), port: record.port, answer };
}
