/**
 * A whole deployment in real processes, with the suite around it:
 *
 *     sender ──proxy──▶ ingest × 2 ──┐
 *                       worker × 2 ──┼──proxy──▶ Redis
 *                       console    ──┘
 *     receiver ◀── the workers' processors
 *
 * Or, to have it fail over, on a master with two replicas and three sentinels, without a proxy before them.
 */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import {
  type ReplicatedRedis,
  repositoryRoot,
  startPrivateRedis,
  startReplicatedRedis,
  startTcpProxy,
  type TcpProxy,
  type TestRedis,
} from "@misskeep/testkit";
import { type Disk, openDisk } from "./disk.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { type AppName, type Member, startMember } from "./member.ts";
import type { Random } from "./random.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

export const SECRET = "a-secret-of-the-fault-suite";
export const TOKEN = "a-token-of-the-fault-suite";
/** Run by every worker, from the first event on. */
export const PROCESSORS = ["strict", "steps", "moody"] as const;
/** Comes and goes with deploys. */
export const LATE = "late";

/** On one Redis server. */
export interface World extends Deployment {
  readonly redisServer: TestRedis;
  /** After a restart it syncs always, as it is configured. */
  syncEverySecond(): Promise<void>;
  readonly redisNet: TcpProxy;
}

/** On a master that its replicas can follow. */
export interface ReplicatedWorld extends Deployment {
  readonly group: ReplicatedRedis;
  /** How many replicas have to be connected, or the master takes no writes. */
  readonly minReplicas: number;
}

/** What does not depend on how Redis is run. */
export interface Deployment {
  readonly ledger: Ledger;
  /** Straight to the server, whatever the network is like. */
  readonly redis: Redis;
  readonly doorNet: TcpProxy;
  readonly receiver: Receiver;
  readonly folder: string;
  /** Under the spool. */
  readonly disk: Disk;
  readonly members: readonly Member[];
  /** Members of an app that run now or are about to. */
  of(app: AppName): readonly Member[];
  /** Adds a replica. @param processors of a worker; all but `late` if not given */
  join(app: AppName, name: string, processors?: readonly string[]): Member;
  /** Takes a replica out for good. */
  leave(member: Member, because: string): Promise<void>;
  /** When `late` was first registered, ms since the run began. */
  lateSince(): number | undefined;
  noteLate(): void;
  /** Stops everything and removes what it wrote. */
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly random: Random;
  /** The copy of the repository that is tried. @default this one */
  readonly root?: string | undefined;
  /** What the deployment promises. @default "disk" */
  readonly durability?: "second" | undefined;
  /** As the setting. @default 8 days */
  readonly idempotencyWindow?: string | undefined;
  /** Where the ledger is written. */
  readonly ledgerFile: string;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const redisServer = await startPrivateRedis();
  const server = new URL(redisServer.url);
  const redis = connectRedis({ url: redisServer.url, role: "command", name: "faults" });
  await waitUntilReady(redis, 30_000);
  const redisNet = await startTcpProxy(() => [{ host: server.hostname, port: Number(server.port) }]);
  const seen = new URL(server);
  seen.hostname = "127.0.0.1";
  seen.port = String(redisNet.port);
  const syncEverySecond = async (): Promise<void> => {
    await waitUntilReady(redis, 30_000);
    await redis.config("SET", "appendfsync", "everysec");
  };
  if (options.durability === "second") await syncEverySecond();
  const deployment = await openDeployment(options, {
    redis,
    env: { REDIS_URL: seen.href },
    close: () => Promise.all([redisNet.close(), redisServer.stop()]),
  });
  return { ...deployment, redisServer, syncEverySecond, redisNet };
}

export async function openReplicatedWorld(
  options: WorldOptions & { readonly minReplicas: number },
): Promise<ReplicatedWorld> {
  const { minReplicas } = options;
  const group = await startReplicatedRedis({ minReplicas });
  const redis = connectRedis({ ...group.address, role: "command", name: "faults" });
  await waitUntilReady(redis, 30_000);
  const { env } = group;
  const deployment = await openDeployment(options, { redis, env, close: () => group.stop() });
  return { ...deployment, group, minReplicas };
}

interface RedisSide {
  readonly redis: Redis;
  /** With which the apps find it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<unknown>;
}

async function openDeployment(options: WorldOptions, side: RedisSide): Promise<Deployment> {
  const { random, root = repositoryRoot, durability, idempotencyWindow, ledgerFile } = options;
  const folder = mkdtempSync(join(tmpdir(), "misskeep-faults-"));
  const disk = openDisk(folder);
  const ledger = openLedger(ledgerFile);
  const { redis } = side;
  const members: Member[] = [];
  const doorNet = await startTcpProxy(() =>
    members.flatMap((member) => {
      const port = member.app === "ingest" ? member.port() : undefined;
      return port === undefined ? [] : [{ host: "127.0.0.1", port }];
    }),
  );
  const receiver = await startReceiver(ledger, random.fork("receiver"));
  let lateSince: number | undefined;

  const envOf = (app: AppName, processors: readonly string[]): Record<string, string> => ({
    MISSKEEP_ENV_FILE: join(folder, "no-such-file"),
    ...side.env,
    METRICS_PORT: "0",
    NODE_ENV: "test",
    ...{
      ingest: {
        PORT: "0",
        HOST: "127.0.0.1",
        MISSKEY_HOOK_SECRETS: SECRET,
        ...(idempotencyWindow === undefined ? {} : { IDEMPOTENCY_WINDOW: idempotencyWindow }),
        MISSKEEP_DATA_DIR: disk.folder,
        ...disk.env,
      },
      worker: {
        PROCESSORS_DIR: join(import.meta.dirname, "processors"),
        WORKER_PROCESSORS: processors.join(","),
        // Small, so that trimming is at work all the time.
        INBOX_MAX_BYTES: "262144",
        SHUTDOWN_TIMEOUT: "8s",
        ...Object.fromEntries(
          processors.map((name) => [`${name.toUpperCase()}_URL`, `${receiver.url}/${name}`]),
        ),
      },
      console: { CONSOLE_PORT: "0", CONSOLE_TOKENS: `suite:${TOKEN}` },
      launcher: {},
    }[app],
    ...(durability === undefined ? {} : { DURABILITY: durability }),
  });

  const leave = async (member: Member, because: string): Promise<void> => {
    await member.leave(because);
    const at = members.indexOf(member);
    if (at >= 0) members.splice(at, 1);
  };

  return {
    ledger,
    redis,
    doorNet,
    receiver,
    folder,
    disk,
    members,
    of: (app) => members.filter((member) => member.app === app),
    join(app, name, processors = PROCESSORS) {
      const member = startMember({ app, name, root, env: envOf(app, processors), folder, ledger });
      members.push(member);
      return member;
    },
    leave,
    lateSince: () => lateSince,
    noteLate: () => (lateSince ??= ledger.now()),
    async close() {
      await Promise.all(members.map((member) => member.leave("the run is over", "SIGKILL")));
      redis.disconnect();
      await Promise.all([side.close(), doorNet.close(), receiver.close(), ledger.close()]);
      disk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The deployment that is there from the beginning; it is ready then. */
export async function startFleet(world: Deployment): Promise<void> {
  const members = [
    world.join("ingest", "ingest-1"),
    world.join("ingest", "ingest-2"),
    world.join("worker", "worker-1"),
    world.join("worker", "worker-2"),
    world.join("console", "console-1"),
  ];
  await Promise.all(members.map((member) => member.ready()));
}
