/**
 * Redis first, then the apps; the other way round at the end. The apps have an IPC channel to this process, by whose
 * loss they notice that it is gone, however it went.
 */
import type { ChildProcess } from "node:child_process";
import { keepRedis, type KeepOptions, type KeptRedis } from "./keep-redis.ts";
import { supervise, type Supervised } from "./supervise.ts";

export interface LaunchOptions {
  /** How to obtain Redis; undefined where the apps find it by themselves (sentinels). */
  readonly redis: Omit<KeepOptions, "onMoved" | "log"> | undefined;
  readonly apps: readonly string[];
  /** Starts an app, with the address of the private Redis if there is one. */
  readonly spawnApp: (name: string, redisUrl: string | undefined) => ChildProcess;
  readonly log: LaunchLog;
  /** Told once, if an app cannot work here. */
  readonly onHopeless: (reason: string) => void;
}

export interface LaunchLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Launched {
  /** The apps first, then Redis. */
  stop(): Promise<void>;
  /** Ends the apps at once, for somebody who will not wait; a `stop` under way then goes on to Redis. */
  hurry(): void;
}

/** @throws PrivateRedisError */
export async function launch({ log, onHopeless, ...options }: LaunchOptions): Promise<Launched> {
  let apps: Supervised[] = [];
  let redisUrl: string | undefined;
  const onMoved = (url: string): void => {
    log.info({}, "Redis has another port now; restarting the apps");
    redisUrl = url;
    for (const app of apps) app.restart();
  };
  const redis: KeptRedis | undefined = options.redis && (await keepRedis({ ...options.redis, log, onMoved }));
  // What the settings say is found by the apps themselves.
  redisUrl = redis?.kind === "REDIS_URL" ? undefined : redis?.url;
  if (redis) log.info({ kind: redis.kind }, "Redis answers");
  apps = options.apps.map((name) =>
    supervise({ name, log, onHopeless, spawn: () => options.spawnApp(name, redisUrl) }),
  );
  return {
    stop: async () => {
      await Promise.all(apps.map((app) => app.stop()));
      await redis?.stop();
    },
    hurry: () => {
      for (const app of apps) app.kill();
    },
  };
}
