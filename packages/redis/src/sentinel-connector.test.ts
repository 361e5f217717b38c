import { type ReplicatedRedis, type RedisNode, startReplicatedRedis, until } from "@misskeep/testkit";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { connectRedis, type ConnectOptions } from "./connect.ts";
import { parseInfo } from "./durability.ts";
import { waitUntilReady } from "./ready.ts";

let group: ReplicatedRedis;
beforeAll(async () => {
  group = await startReplicatedRedis();
}, 120_000);
afterAll(() => group.stop());

function connect(over: Partial<ConnectOptions> = {}): Redis {
  const redis = connectRedis({ ...group.address, role: "ingest", ...over });
  onTestFinished(() => redis.disconnect());
  return redis;
}

const portOf = async (redis: Redis): Promise<number> =>
  Number(parseInfo(await redis.info("server")).get("tcp_port"));

const roleOf = async ({ url }: RedisNode): Promise<unknown> => {
  const redis = connect({ url, sentinels: undefined });
  await waitUntilReady(redis, 10_000);
  return (await redis.role())[0];
};

test("the master is found while sentinels stand still or are gone", { timeout: 120_000 }, async () => {
  const [first, second] = group.sentinels;
  first?.freeze();
  await second?.kill();
  try {
    const redis = connect();
    await waitUntilReady(redis, 20_000);
    expect(await portOf(redis)).toBe(group.servers[0]?.port);
  } finally {
    first?.thaw();
    await second?.start();
    await group.settled();
  }
});

test.each<[what: string, over: Partial<ConnectOptions>, why: RegExp]>([
  ["do not know the name", { sentinelMaster: "other" }, /No sentinel helps: .*No such master with that name/],
  [
    "want a password",
    { sentinelPassword: undefined },
    /The sentinels refuse REDIS_SENTINEL_PASSWORD: .*NOAUTH/,
  ],
])("where the sentinels %s, the error says so", async (_, over, why) => {
  await expect(waitUntilReady(connect(over), 2_000)).rejects.toThrow(why);
});

test("a master that is replaced while it lives is left before it knows", { timeout: 240_000 }, async () => {
  const old = await group.master();
  // Sentinels wait four times as long before they make it a replica.
  for (const { url } of group.sentinels) {
    const sentinel = connect({ url, sentinels: undefined, role: "command" });
    await waitUntilReady(sentinel, 10_000);
    await sentinel.call("SENTINEL", "DEBUG", "PUBLISH-PERIOD", "20000").catch(() => {});
  }
  const redis = connect();
  const worker = connect({ role: "worker" });
  const blocking = worker.duplicate();
  onTestFinished(() => blocking.disconnect());
  await Promise.all([redis, worker, blocking].map((each) => waitUntilReady(each, 10_000)));
  const popped = blocking.blpop("list", 0);

  await group.failover();
  // The others learn of it from the one that did it.
  const elsewhere = async (each: Redis): Promise<boolean> => (await portOf(each)) !== old.port;
  await until(() => elsewhere(redis), { timeout: 60_000 });
  await until(() => elsewhere(worker), { timeout: 60_000 });
  await worker.rpush("list", "item");
  expect(await popped).toEqual(["list", "item"]);
  expect(await roleOf(old)).toBe("master");
});
