import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { obtainRedis } from "@misskeep/private-redis";
import { connectRedis, parseInfo, type Redis, waitUntilReady } from "@misskeep/redis";
import { repositoryRoot } from "@misskeep/testkit";
import { place } from "./place.ts";

export type Fsync = "everysec" | "always";

/** A Redis server of a run's own. */
export interface RunRedis {
  readonly url: string;
  /** For looking at it; no contestant uses this connection. */
  readonly client: Redis;
  readonly figures: () => Promise<RedisFigures>;
  stop(): Promise<void>;
}

/** Counted by Redis since its start. */
export interface RedisFigures {
  /** All threads. µs */
  readonly cpuUs: number;
  /** Commands that ran, those within scripts included. */
  readonly commands: number;
  /** How often it read from a socket: few where clients send much at once. */
  readonly reads: number;
  readonly bytesIn: number;
  /** Of data, and of what holds it. */
  readonly bytesUsed: number;
}

/** Starts a private Redis as `npm start` would run it, but for how often it syncs. */
export async function startRunRedis(fsync: Fsync, maxMemory?: number): Promise<RunRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), "misskeep-bench-"));
  const server = await obtainRedis({
    dataDir,
    // One in a container could be neither pinned nor measured alike.
    env: {
      ...process.env,
      REDIS_URL: undefined,
      DOCKER_HOST: "tcp://127.0.0.1:9",
      DOCKER_CONTEXT: undefined,
    },
    announce: () => {},
    maxMemory,
    packageDir: join(repositoryRoot, ".misskeep/redis-package"),
  });
  // Copying a stream of a million events takes longer than a command may.
  const client = connectRedis({ url: server.url, role: "worker" });
  let stopped: Promise<void> | undefined;
  const stopOnce = async (): Promise<void> => {
    client.disconnect();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    stops.delete(stop);
  };
  // A run that ends while everything is stopped asks again.
  const stop = (): Promise<void> => (stopped ??= stopOnce());
  stops.add(stop);
  try {
    if (isOver) throw new Error("The measurements were stopped");
    await waitUntilReady(client, 10_000);
    await client.config("SET", "appendfsync", fsync);
    place("redis", Number(parseInfo(await client.info("server")).get("process_id")));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, client, figures: async () => toFigures(parseInfo(await client.info())), stop };
}

const stops = new Set<() => Promise<void>>();
let isOver = false;

/** For Ctrl-C: private servers run in process groups of their own. None starts from now on. */
export async function stopAllRedis(): Promise<void> {
  isOver = true;
  await Promise.all([...stops].map((stop) => stop().catch(() => undefined)));
}

function toFigures(info: ReadonlyMap<string, string>): RedisFigures {
  const number = (name: string): number => Number(info.get(name) ?? 0);
  return {
    cpuUs: (number("used_cpu_user") + number("used_cpu_sys")) * 1e6,
    commands: number("total_commands_processed"),
    reads: number("total_reads_processed"),
    bytesIn: number("total_net_input_bytes"),
    // What waits to be written to the disk or to a client is not kept.
    bytesUsed: number("used_memory") - number("mem_not_counted_for_evict") - number("mem_clients_normal"),
  };
}
