import { createServer } from "node:net";
import { freshRedisUrl, ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { connectRedis } from "./connect.ts";
import { RedisUnreachableError, waitUntilReady } from "./ready.ts";

function connect(url: string): ReturnType<typeof connectRedis> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** A port where nobody listens, though somebody did a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

test("waiting ends when the connection can take commands, and at once if it can already", async () => {
  const redis = connect(await freshRedisUrl());
  await waitUntilReady(redis, 10_000);
  expect(await redis.ping()).toBe("PONG");
  await waitUntilReady(redis, 0);
  expect(redis.listenerCount("ready") + redis.listenerCount("error")).toBe(1);
});

test("a Redis that comes later is waited for", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  await server.kill();
  const redis = connect(server.url);
  const ready = waitUntilReady(redis, 20_000);
  await new Promise((resolve) => redis.once("reconnecting", resolve));
  await server.restart();
  await ready;
  expect(await redis.ping()).toBe("PONG");
});

test("nobody at the address is an error after the time, with the cause and what to do", async () => {
  const redis = connect(`redis://:hunter2@127.0.0.1:${await freePort()}`);
  const failure: unknown = await waitUntilReady(redis, 300).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RedisUnreachableError);
  expect(failure).toMatchObject({
    code: "REDIS_UNREACHABLE",
    cause: expect.objectContaining({ code: "ECONNREFUSED" }),
  });
  expect(String(failure)).toMatch(/within 0\.3 s: .*ECONNREFUSED.*Check REDIS_URL/);
  expect(String(failure)).not.toContain("hunter2");
});

test("a wrong password is an error at once, and told without the password", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const admin = connect(server.url);
  await waitUntilReady(admin, 10_000);
  await admin.config("SET", "requirepass", "right");
  const redis = connect(server.url.replace(/\/\/[^@]*@|\/\//, "//:hunter2@"));
  // Longer than the test may take.
  const failure: unknown = await waitUntilReady(redis, 3_600_000).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RedisUnreachableError);
  expect(failure).toMatchObject({ code: "REDIS_LOGIN_REFUSED" });
  expect(String(failure)).toMatch(/refuses the user or the password of REDIS_URL: WRONGPASS/);
  expect(String(failure)).not.toContain("hunter2");
});

test("a frozen Redis, which takes the connection and is silent, is an error after the time", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  await server.freeze();
  await expect(waitUntilReady(connect(server.url), 300)).rejects.toThrow(RedisUnreachableError);
  await server.thaw();
});
