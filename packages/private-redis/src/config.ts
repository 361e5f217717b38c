/**
 * The configuration of a private Redis. The file is also the record of where that server answers and with which
 * password, so that the two cannot differ: it is written, readable by its owner only, before the server starts.
 */
import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { RedisFolder } from "./folder.ts";

/** What a start reads from the file that an earlier one wrote. */
export interface RedisRecord {
  readonly port: number;
  readonly password: string;
  /** Whether the server runs in a container, where the folder's Unix socket does not tell whether it lives. */
  readonly inContainer: boolean;
}

export interface RedisLimits {
  /** Bytes, or as Redis writes it: `512mb`. */
  readonly maxMemory: number | string;
  /** How many databases `SELECT` can choose from. */
  readonly databases: number;
}

export function newPassword(): string {
  return randomBytes(24).toString("hex");
}

export function urlOf(record: RedisRecord): string {
  return `redis://:${record.password}@127.0.0.1:${record.port}`;
}

/** The file's text. What an acknowledged event rests on is `appendfsync always` and `noeviction`. */
export function configText(folder: RedisFolder, record: RedisRecord, limits: RedisLimits): string {
  return `# Written by Misskeep at each start of its private Redis, and read at the next. Edits are lost.
# container ${record.inContainer ? "yes" : "no"}
port ${record.port}
requirepass ${record.password}
${record.inContainer ? "bind * -::*" : `bind 127.0.0.1\nunixsocket ${quoted(folder.socket)}\nunixsocketperm 700`}
dir ${quoted(folder.dir)}
logfile ${quoted(folder.log)}
appendonly yes
appendfsync always
no-appendfsync-on-rewrite no
save ""
maxmemory ${limits.maxMemory}
maxmemory-policy noeviction
databases ${limits.databases}
daemonize no
always-show-logo no
`;
}

/** Writes the file in one step: whoever reads it sees the old or the new one, never a part. */
export async function writeConfig(folder: RedisFolder, text: string): Promise<void> {
  const temporary = `${folder.config}.new`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, folder.config);
}

/**
 * @returns the record; `"none"` where no file is, `"unreadable"` where the file does not hold one
 * @throws the error of the file system, if the file may not be read
 */
export async function readRecord(folder: RedisFolder): Promise<RedisRecord | "none" | "unreadable"> {
  let text: string;
  try {
    text = await readFile(folder.config, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "none";
    throw error;
  }
  const port = /^port (\d{1,5})$/m.exec(text)?.[1];
  const password = /^requirepass ([0-9a-f]{16,})$/m.exec(text)?.[1];
  if (port === undefined || password === undefined) return "unreadable";
  return { port: Number(port), password, inContainer: /^# container yes$/m.test(text) };
}

function quoted(path: string): string {
  return `"${path.replace(/[\\"]/g, "\\$&")}"`;
}
