import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { RedisRecord } from "./config.ts";
import { PrivateRedisError } from "./errors.ts";
import type { RedisFolder } from "./folder.ts";
import { tailOf } from "./log-tail.ts";
import { whoAnswers } from "./probe.ts";

/** A Redis server's program and the environment that it needs to run. */
export interface Program {
  readonly binary: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts the program with the folder's configuration and waits until it answers, however long it loads.
 *
 * It gets a process group of its own: Ctrl-C in the terminal must reach it last, after those who write to it.
 *
 * @throws PrivateRedisError `REDIS_DID_NOT_START` with the end of its log
 */
export async function startServer(program: Program, folder: RedisFolder, record: RedisRecord): Promise<void> {
  const log = await open(folder.log, "a", 0o600);
  const server = spawn(program.binary, [folder.config], {
    cwd: folder.dir,
    env: program.env,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  let ended: string | undefined;
  server.once("exit", (code, signal) => (ended = `it ended with ${signal ?? `exit code ${code}`}`));
  server.once("error", (error) => (ended = error.message));
  server.unref();
  await log.close();
  for (;;) {
    const answer = await whoAnswers(record, folder.dir, 5_000);
    if (ended !== undefined) {
      const tail = await tailOf(folder.log);
      throw new PrivateRedisError(
        "REDIS_DID_NOT_START",
        `${program.binary} did not start: ${ended}. The end of ${folder.log}:\n${tail}`,
      );
    }
    if (answer === "ours") return;
    await delay(20);
  }
}
