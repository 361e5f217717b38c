import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { type ReplicatedRedis, startReplicatedRedis } from "@misskeep/testkit";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { openContext } from "../context.ts";
import { doctor } from "../doctor.ts";

let group: ReplicatedRedis;
let redis: Redis;
beforeAll(async () => {
  group = await startReplicatedRedis({ replicas: 1 });
  redis = connectRedis({ ...group.address, role: "command" });
  await waitUntilReady(redis, 30_000);
}, 180_000);
afterAll(async () => {
  redis.disconnect();
  await group.stop();
});
beforeEach(() => configure({ replicas: 1, lag: 1 }));

async function configure({ replicas, lag }: { replicas: number; lag: number }): Promise<void> {
  await redis.config("SET", "min-replicas-to-write", replicas);
  await redis.config("SET", "min-replicas-max-lag", lag);
}

async function check(asking = redis) {
  const context = openContext(asking, () => {});
  onTestFinished(() => context.queues.close());
  const { healthy, findings } = await doctor(context, { wanted: "none" });
  return { healthy, found: findings.filter((finding) => finding.check === "failover") };
}

test("a master that takes no writes without its replica is well", async () => {
  const { found } = await check();
  expect(found).toMatchObject([
    { level: "ok", message: expect.stringContaining("a replica is at most 1 s behind") },
  ]);
});

test.each([
  { replicas: 0, lag: 1 },
  { replicas: 1, lag: 0 },
])("with %o it takes them alone, and that is told, as no failure", async (config) => {
  await configure(config);
  const { healthy, found } = await check();
  expect(found).toMatchObject([
    {
      level: "warn",
      message: expect.stringContaining("while no replica followed it"),
      remedy: expect.stringContaining("docs/failover.md"),
    },
  ]);
  expect(healthy).toBe(true);
});

test("without sentinels nobody puts a replica in its place", async () => {
  await configure({ replicas: 0, lag: 1 });
  const { url } = await group.master();
  const direct = connectRedis({ url, role: "command" });
  onTestFinished(() => direct.disconnect());
  await waitUntilReady(direct, 10_000);
  expect((await check(direct)).found).toEqual([]);
});

test("where CONFIG is forbidden it says nothing: that the durability is not known is told already", async () => {
  await configure({ replicas: 0, lag: 1 });
  await redis.acl("SETUSER", "guest", "on", ">guest", "~*", "+@all", "-config");
  const url = "redis://guest:guest@sentinel.invalid";
  const guest = connectRedis({ ...group.address, url, role: "command" });
  onTestFinished(() => guest.disconnect());
  await waitUntilReady(guest, 10_000);
  expect(await guest.acl("WHOAMI")).toBe("guest");
  expect((await check(guest)).found).toEqual([]);
});
