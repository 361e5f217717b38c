/**
 * Another Redis server becomes the master. Replication does not wait: what the old master acknowledged and no replica had
 * is gone, and each fault says when that may have been.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { type RedisNode, until } from "@misskeep/testkit";
import type { ReplicatedWorld } from "../world.ts";
import { type Fault, LOST_BEFORE_MS } from "./fault.ts";

type Failover = Fault<ReplicatedWorld>;

const masterDies: Failover = {
  kind: "failover, the master dies",
  resource: "redis",
  lasts: [0, 4_000],
  async start({ group, ledger }) {
    const old = await group.master();
    await old.kill();
    const died = ledger.now();
    await group.switchedFrom(old);
    return {
      target: nameOf(old),
      mayLose: { from: died - LOST_BEFORE_MS, until: died },
      stop: () => bringBack(group, [old]),
    };
  },
};

/** It wakes up, takes itself for the master, and takes writes, until the sentinels tell it otherwise. */
const masterStands: Failover = {
  kind: "failover, the master stands still",
  resource: "redis",
  lasts: [0, 4_000],
  async start({ group, ledger }) {
    const old = await group.master();
    old.freeze();
    const stood = ledger.now();
    await group.switchedFrom(old);
    return {
      target: nameOf(old),
      mayLose: { from: stood - LOST_BEFORE_MS, until: stood },
      async stop() {
        old.thaw();
        await group.settled();
      },
    };
  },
};

/** The replica is the master already for up to a second before anybody is told. */
const byHand: Failover = {
  kind: "failover by hand",
  resource: "redis",
  lasts: [0, 0],
  async start({ group, ledger }) {
    const old = await group.master();
    const from = ledger.now() - LOST_BEFORE_MS;
    await group.failover();
    await group.switchedFrom(old);
    return { target: nameOf(old), mayLose: { from, until: ledger.now() }, stop: () => group.settled() };
  },
};

/** As docs/failover.md says that it is done: nothing may be lost. */
const byHandPaused: Failover = {
  kind: "failover with writes paused",
  resource: "redis",
  lasts: [0, 0],
  async start({ group }) {
    const old = await group.master();
    await ask(old, (redis) => redis.client("PAUSE", 60_000, "WRITE"));
    await group.failover();
    await group.switchedFrom(old);
    return {
      target: nameOf(old),
      async stop() {
        await ask(old, async (redis) => {
          const isLeft = async (): Promise<boolean> =>
            !String(await redis.client("LIST")).includes("name=misskeep-ingest");
          await until(isLeft, { timeout: 50_000, every: 100 });
          await redis.client("UNPAUSE");
        });
        await group.settled();
      },
    };
  },
};

/**
 * No replica follows for a while; then the master dies, and they are started on what they had. Where the master wants
 * none, all of that while is lost. Where it wants one, it notices within two seconds, by whole ones, and a third until it
 * looks.
 */
const replicasLag: Failover = {
  kind: "failover, the replicas are behind",
  resource: "redis",
  lasts: [0, 4_000],
  async start({ group, ledger, minReplicas }, random) {
    const old = await group.master();
    const replicas = group.servers.filter((server) => server !== old);
    for (const replica of replicas) replica.freeze();
    const stood = ledger.now();
    await sleep(random.int(500, 6_000));
    await old.kill();
    const died = ledger.now();
    for (const replica of replicas) {
      await replica.kill();
      await replica.start();
    }
    await group.switchedFrom(old);
    return {
      target: `${nameOf(old)}, ${died - stood} ms behind`,
      mayLose: {
        from: stood - LOST_BEFORE_MS,
        until: minReplicas > 0 ? Math.min(died, stood + NOTICED_MS) : died,
      },
      stop: () => bringBack(group, [old]),
    };
  },
};

const NOTICED_MS = 3_000;

export const failovers: readonly Failover[] = [masterDies, masterStands, byHand, byHandPaused, replicasLag];

async function bringBack(group: ReplicatedWorld["group"], servers: readonly RedisNode[]): Promise<void> {
  for (const server of servers) await server.start();
  await group.settled();
}

async function ask<T>({ url }: RedisNode, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectRedis({ url, role: "command" });
  try {
    await waitUntilReady(redis, 30_000);
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

const nameOf = ({ port }: RedisNode): string => `the Redis on ${port}`;
