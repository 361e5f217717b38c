import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { hasEnded, killAtExit } from "./kill-at-exit.ts";

/** One server, or one sentinel, of a replicated Redis, that a test may maltreat. */
export interface RedisNode {
  readonly port: number;
  /** Straight to it, whatever its role. */
  readonly url: string;
  /** By SIGKILL; nothing happens if it does not run. */
  kill(): Promise<void>;
  /** Starts it on what it has written; nothing happens if it runs. Returns once it answers, loading apart. */
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export interface NodeOptions {
  readonly program: { readonly binary: string; readonly env: NodeJS.ProcessEnv };
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  /** Its configuration at the first start. It rewrites the file itself, when its role changes. */
  readonly config: readonly string[];
  readonly isSentinel: boolean;
}

export async function createRedisNode(options: NodeOptions): Promise<RedisNode> {
  const { program, folder, port, password, config, isSentinel } = options;
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const file = join(folder, "redis.conf");
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${config.join("\n")}\n`, { mode: 0o600 });
  let child: ChildProcess | undefined;

  const kill = async (): Promise<void> => {
    const running = child;
    if (running?.pid === undefined) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    if (running.exitCode === null && running.signalCode === null) {
      running.kill("SIGKILL");
      await ended;
    }
    hasEnded(running.pid);
    child = undefined;
  };

  const start = async (): Promise<void> => {
    if (child?.exitCode === null && child.signalCode === null) return;
    const args = [file, ...(isSentinel ? ["--sentinel"] : [])];
    const started = spawn(program.binary, args, { cwd: folder, env: program.env, stdio: "ignore" });
    child = started;
    if (started.pid === undefined) throw new Error(`${program.binary} could not be started`);
    killAtExit(started.pid);
    const ended = new Promise<never>((_, reject) => {
      started.once("exit", (code, signal) => {
        const log = readFile(join(folder, "log"), "utf8").catch(() => "");
        void log.then((text) =>
          reject(new Error(`A Redis ended with ${signal ?? code}:\n${text.slice(-2_000)}`)),
        );
      });
    });
    ended.catch(() => {});
    const redis = connectRedis({ url, role: "command" });
    try {
      await Promise.race([waitUntilReady(redis, 30_000), ended]);
    } finally {
      redis.disconnect();
    }
  };

  await start();
  return {
    port,
    url,
    kill,
    start,
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
}
