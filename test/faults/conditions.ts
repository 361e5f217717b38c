/** Under what a run's figures came about; no name of a machine or a folder. */
import { execFileSync } from "node:child_process";
import { cpus, release, totalmem, type } from "node:os";
import { connectRedis, parseInfo, waitUntilReady } from "@misskeep/redis";
import { startPrivateRedis } from "@misskeep/testkit";

export interface Conditions {
  /** When the run began, ISO 8601. */
  readonly at: string;
  /** Of the sources that were tried; with a `+` if they were changed since. */
  readonly commit: string;
  readonly node: string;
  readonly redis: string;
  readonly kernel: string;
  readonly cores: number;
  readonly memoryGb: number;
}

/** @param root the copy of the repository that is tried */
export async function readConditions(root: string): Promise<Conditions> {
  return {
    at: new Date().toISOString(),
    commit: readCommit(root),
    node: process.versions.node,
    redis: await readRedisVersion(),
    kernel: `${type()} ${/^[\d.]+/.exec(release())?.[0] ?? ""}`,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
}

function readCommit(root: string): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  try {
    const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
    return `${git("rev-parse", "--short=10", "HEAD")}${isChanged ? "+" : ""}`;
  } catch {
    return "unknown";
  }
}

/** Of the Redis that the suite finds or downloads. */
async function readRedisVersion(): Promise<string> {
  const server = await startPrivateRedis();
  const redis = connectRedis({ url: server.url, role: "command" });
  try {
    await waitUntilReady(redis, 30_000);
    return parseInfo(await redis.info("server")).get("redis_version") ?? "unknown";
  } finally {
    redis.disconnect();
    await server.stop();
  }
}
