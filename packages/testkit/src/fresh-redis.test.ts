import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { expect, onTestFinished, test } from "vitest";
import { checkDurability } from "@misskeep/redis";
import { freshRedisUrl, ownRedis } from "./fresh-redis.ts";

async function connect(url: string): Promise<ReturnType<typeof connectRedis>> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

test("each fresh address is an empty world of its own", async () => {
  const [one, other] = await Promise.all([freshRedisUrl(), freshRedisUrl()]);
  expect(one).not.toBe(other);
  const first = await connect(one);
  await first.set("key", "value");
  expect(await (await connect(other)).dbsize()).toBe(0);
});

test("the tests' Redis keeps what it acknowledged as durably as the product asks for", async () => {
  expect(await checkDurability(await connect(await freshRedisUrl()))).toMatchObject({ level: "disk" });
});

test("a Redis of a test's own keeps its data over a kill, and its address", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  await (await connect(server.url)).set("key", "value");
  await server.kill();
  await server.restart();
  expect(await (await connect(server.url)).get("key")).toBe("value");
});

test("a frozen Redis answers nothing until it thaws", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = await connect(server.url);
  await server.freeze();
  const asked = redis.ping();
  const early = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 200, "silence"))]);
  expect(early).toBe("silence");
  await server.thaw();
  expect(await asked).toBe("PONG");
});
