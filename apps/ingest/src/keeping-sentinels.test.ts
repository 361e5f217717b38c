import { connectRedis, requireDurability, waitUntilReady } from "@misskeep/redis";
import { startReplicatedRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { type Keeping, watchKeeping } from "./keeping.ts";

test("what Redis synced is not final where sentinels may put another in its place", async () => {
  const group = await startReplicatedRedis({ replicas: 0 });
  onTestFinished(() => group.stop());
  const keep = async (address: Parameters<typeof connectRedis>[0]): Promise<Keeping> => {
    const redis = connectRedis(address);
    onTestFinished(() => redis.disconnect());
    await waitUntilReady(redis, 20_000);
    const found = await requireDurability(redis, "disk");
    const log = { info: () => {}, error: () => {} };
    const keeping = watchKeeping({ redis, wanted: "disk", found, log });
    onTestFinished(() => keeping.stop());
    return keeping;
  };

  const alone = await keep({ url: group.servers[0]?.url, role: "ingest" });
  expect(alone.reason()).toBe(undefined);
  expect(alone.syncs()).toEqual(expect.any(Number));

  const watched = await keep({ ...group.address, role: "ingest" });
  expect(watched.reason()).toBe(undefined);
  expect(watched.syncs()).toBe(undefined);
});
