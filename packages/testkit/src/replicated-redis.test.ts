import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { expect, onTestFinished, test } from "vitest";
import { startReplicatedRedis } from "./replicated-redis.ts";

test("a replica takes over from a master that was killed, with its data", { timeout: 180_000 }, async () => {
  const group = await startReplicatedRedis({ minReplicas: 1 });
  onTestFinished(() => group.stop());
  const old = await group.master();
  expect(old).toBe(group.servers[0]);
  const before = connectRedis({ url: old.url, role: "command" });
  await waitUntilReady(before, 10_000);
  await before.set("key", "value");
  await before.wait(2, 0);
  before.disconnect();

  await old.kill();
  const master = await group.switchedFrom(old);
  const after = connectRedis({ url: master.url, role: "command" });
  onTestFinished(() => after.disconnect());
  await waitUntilReady(after, 10_000);
  expect(await after.get("key")).toBe("value");
  await old.start();
  await group.settled();

  await group.failover();
  expect(await group.switchedFrom(master)).not.toBe(master);
  await group.settled();
});
