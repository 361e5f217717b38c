import { obtainRedis } from "@misskeep/private-redis";
import { connectRedis, parseInfo, waitUntilReady } from "@misskeep/redis";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasEnded, killAtExit } from "./kill-at-exit.ts";
import { packageCache } from "./repository.ts";
import { DATABASES, type TestRedis } from "./test-redis.ts";
import { until } from "./until.ts";

/**
 * One in a container would not do: its process id is the container's, and signals would go to somebody else. An engine
 * may also come up between a start and a restart.
 */
export const NO_DOCKER = { DOCKER_HOST: "tcp://127.0.0.1:9", DOCKER_CONTEXT: undefined };

/** A private Redis, as `npm start` would run it, on a temporary folder. */
export async function startPrivateRedis(): Promise<TestRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), "misskeep-test-"));
  const obtain = (): ReturnType<typeof obtainRedis> =>
    obtainRedis({
      dataDir,
      env: { ...process.env, REDIS_URL: undefined, ...NO_DOCKER },
      announce: () => {},
      databases: DATABASES,
      packageDir: packageCache,
    });
  let server = await obtain();
  if (server.kind === "docker") {
    await server.stop();
    throw new Error("A private Redis for tests needs redis-server on PATH, or Debian's package");
  }
  const { url } = server;
  let pid = await processIdOf(url);
  const kill = async (): Promise<void> => {
    signal(pid, "SIGKILL");
    await until(() => !isAlive(pid));
    hasEnded(pid);
    await server.stop();
  };
  return {
    url,
    kill,
    restart: async () => {
      await kill();
      server = await obtain();
      if (server.url !== url) throw new Error("Something else took the port of a test's Redis");
      pid = await processIdOf(url);
    },
    freeze: async () => void signal(pid, "SIGSTOP"),
    thaw: async () => void signal(pid, "SIGCONT"),
    stop: async () => {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function processIdOf(url: string): Promise<number> {
  const redis = connectRedis({ url, role: "command" });
  try {
    await waitUntilReady(redis, 10_000);
    const pid = Number(parseInfo(await redis.info("server")).get("process_id"));
    killAtExit(pid);
    return pid;
  } finally {
    redis.disconnect();
  }
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
