/** A master, its replicas and three sentinels, each a process of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer } from "@misskeep/private-redis";
import { connectRedis, parseInfo, type Redis, type RedisAddress, waitUntilReady } from "@misskeep/redis";
import getPort, { portNumbers } from "get-port";
import { createRedisNode, type RedisNode } from "./redis-node.ts";
import { NO_DOCKER } from "./private-test-redis.ts";
import { packageCache } from "./repository.ts";
import { DATABASES } from "./test-redis.ts";
import { until } from "./until.ts";

export interface ReplicatedRedis {
  /** The settings with which an app finds the master. */
  readonly env: Readonly<Record<string, string>>;
  /** The same for a connection. */
  readonly address: RedisAddress;
  readonly servers: readonly RedisNode[];
  readonly sentinels: readonly RedisNode[];
  /** The one that most sentinels take for the master. */
  master(): Promise<RedisNode>;
  /** Waits until another one than this is the master, takes writes, and the sentinels agree. */
  switchedFrom(old: RedisNode): Promise<RedisNode>;
  /** Waits until every server runs, one is the master, and the others are connected to it and up to date. */
  settled(): Promise<void>;
  /** A planned failover, as by hand, under way. @throws Error if the sentinels refuse it */
  failover(): Promise<void>;
  /** Ends all and deletes their data. */
  stop(): Promise<void>;
}

export interface ReplicatedRedisOptions {
  /** @default 2 */
  readonly replicas?: number;
  /** Replicas that have to be connected, or the master takes no writes. @default 0 */
  readonly minReplicas?: number;
}

const NAME = "events";
const PASSWORD = "a-password-of-the-tests";
const SENTINEL_PASSWORD = "a-password-of-the-tests-sentinels";
/** Short, and still longer than a busy machine lets a process wait. */
const DOWN_AFTER_MS = 2_000;
/** How often a sentinel looks at the servers and tells the others, and how long it rests after its clock jumped, ms. */
const HASTE = ["INFO-PERIOD", "500", "PUBLISH-PERIOD", "500", "TILT-PERIOD", "3000"];
const SWITCH_MS = 90_000;

export async function startReplicatedRedis(options: ReplicatedRedisOptions = {}): Promise<ReplicatedRedis> {
  const { replicas = 2, minReplicas = 0 } = options;
  const folder = await mkdtemp(join(tmpdir(), "misskeep-replicated-"));
  const env = { ...process.env, ...NO_DOCKER };
  const found = await findServer({ dataDir: folder, env, announce: () => {}, packageDir: packageCache });
  if (found.kind === "docker") throw new Error("Sentinels for tests need redis-server on PATH, or a package");
  const { program } = found;
  const node = (name: string, port: number, isSentinel: boolean, config: string[]): Promise<RedisNode> =>
    createRedisNode({
      program,
      folder: join(folder, name),
      port,
      password: isSentinel ? SENTINEL_PASSWORD : PASSWORD,
      isSentinel,
      config: [`port ${port}`, "bind 127.0.0.1", "logfile log", "dir .", ...config],
    });

  const ports = await takePorts(1 + replicas);
  const [first = 0] = ports;
  const servers: RedisNode[] = [];
  for (const [index, port] of ports.entries()) {
    const role = index === 0 ? [] : [`replicaof 127.0.0.1 ${first}`];
    servers.push(await node(`server-${index}`, port, false, [...serverConfig(minReplicas), ...role]));
  }
  const sentinels = await Promise.all(
    (await takePorts(3)).map((port, index) => node(`sentinel-${index}`, port, true, sentinelConfig(first))),
  );

  const ask = async <T>(at: RedisNode, question: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = connectRedis({ url: at.url, role: "command" });
    try {
      await waitUntilReady(redis, 3_000);
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  };
  const masterOf = (sentinel: RedisNode): Promise<RedisNode | undefined> =>
    ask(sentinel, async (redis) => {
      const answer = (await redis.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)) as [string, string];
      return servers.find(({ port }) => port === Number(answer[1]));
    }).catch(() => undefined);
  /** @returns undefined where the sentinels do not agree */
  const agreed = async (): Promise<RedisNode | undefined> => {
    const [one, ...others] = await Promise.all(sentinels.map(masterOf));
    return others.every((other) => other === one) ? one : undefined;
  };
  const replication = (server: RedisNode): Promise<Map<string, string>> =>
    ask(server, async (redis) => parseInfo(await redis.info("replication")));
  /** A sentinel that takes a server for down, or is in the middle of a failover, would refuse or abandon the next. */
  const isContent = (sentinel: RedisNode): Promise<boolean> =>
    ask(sentinel, async (redis) => {
      const master = readFlat(await redis.call("SENTINEL", "MASTER", NAME));
      const others = ((await redis.call("SENTINEL", "REPLICAS", NAME)) as unknown[]).map(readFlat);
      return (
        master.get("flags") === "master" &&
        Number(master.get("num-other-sentinels")) === sentinels.length - 1 &&
        others.length === replicas &&
        others.every((each) => each.get("flags") === "slave" && each.get("master-link-status") === "ok")
      );
    });
  const isSettled = async (): Promise<boolean> => {
    for (const sentinel of sentinels) if (!(await isContent(sentinel))) return false;
    const master = await agreed();
    const infos = await Promise.all(
      servers.map(async (server) => ({ server, info: await replication(server) })),
    );
    const offset = infos.find(({ server }) => server === master)?.info.get("master_repl_offset");
    return infos.every(({ server, info }) =>
      server === master
        ? info.get("role") === "master" && Number(info.get("connected_slaves")) === servers.length - 1
        : info.get("master_link_status") === "up" && info.get("slave_repl_offset") === offset,
    );
  };
  const settled = async (): Promise<void> =>
    void (await until(isSettled, { timeout: SWITCH_MS, every: 100 }));
  for (const sentinel of sentinels)
    // Only Redis 7 and newer can be told to look more often; others take some ten seconds longer for each step.
    await ask(sentinel, (redis) => redis.call("SENTINEL", "DEBUG", ...HASTE)).catch(() => {});
  await settled();

  const address = {
    // Its host counts for nothing.
    url: `redis://:${PASSWORD}@sentinel.invalid`,
    sentinels: sentinels.map(({ port }) => `127.0.0.1:${port}`),
    sentinelMaster: NAME,
    sentinelPassword: SENTINEL_PASSWORD,
  };
  return {
    address,
    env: {
      REDIS_URL: address.url,
      REDIS_SENTINELS: address.sentinels.join(","),
      REDIS_SENTINEL_MASTER: NAME,
      REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD,
    },
    servers,
    sentinels,
    settled,
    master: () => until(agreed, { timeout: SWITCH_MS, every: 50 }),
    switchedFrom: (old) =>
      until(
        async () => {
          const master = await agreed();
          if (master === undefined || master === old) return undefined;
          return (await replication(master)).get("role") === "master" ? master : undefined;
        },
        { timeout: SWITCH_MS, every: 50 },
      ),
    async failover() {
      const [sentinel] = sentinels;
      if (sentinel) await ask(sentinel, (redis) => redis.call("SENTINEL", "FAILOVER", NAME));
    },
    async stop() {
      await Promise.all([...servers, ...sentinels].map((each) => each.kill()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function serverConfig(minReplicas: number): string[] {
  return [
    `requirepass ${PASSWORD}`,
    `masterauth ${PASSWORD}`,
    "appendonly yes",
    "appendfsync always",
    "no-appendfsync-on-rewrite no",
    "maxmemory-policy noeviction",
    'save ""',
    `databases ${DATABASES}`,
    "repl-diskless-sync-delay 0",
    "repl-timeout 10",
    `min-replicas-to-write ${minReplicas}`,
    "min-replicas-max-lag 1",
  ];
}

function sentinelConfig(masterPort: number): string[] {
  return [
    `requirepass ${SENTINEL_PASSWORD}`,
    `sentinel sentinel-pass ${SENTINEL_PASSWORD}`,
    `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 2`,
    `sentinel auth-pass ${NAME} ${PASSWORD}`,
    `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
    // How soon a failover that came to nothing is tried again is twice this.
    `sentinel failover-timeout ${NAME} 5000`,
    `sentinel parallel-syncs ${NAME} 2`,
  ];
}

/**
 * Below those that the kernel gives away: a dead server's port is tried again and again, and a connection that by chance
 * comes from that very port would reach itself.
 */
async function takePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const from = 15_000 + Math.floor(Math.random() * 15_000);
    ports.push(await getPort({ port: portNumbers(from, from + 100), host: "127.0.0.1" }));
  }
  return ports;
}

function readFlat(flat: unknown): Map<string, string> {
  const all = flat as readonly string[];
  return new Map(all.flatMap((name, at) => (at % 2 === 0 ? [[name, all[at + 1] ?? ""] as const] : [])));
}
