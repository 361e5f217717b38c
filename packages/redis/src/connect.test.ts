import { freshRedisUrl, ownRedis, type TestRedis } from "@misskeep/testkit";
import type { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { connectRedis, type ConnectionRole } from "./connect.ts";
import { waitUntilReady } from "./ready.ts";

function connect(url: string, role: ConnectionRole = "command"): Redis {
  const redis = connectRedis({ url, role });
  onTestFinished(() => redis.disconnect());
  return redis;
}

async function ready(url: string, role?: ConnectionRole): Promise<Redis> {
  const redis = connect(url, role);
  await waitUntilReady(redis, 10_000);
  return redis;
}

async function ownServer(): Promise<TestRedis> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  return server;
}

const isPending = async (promise: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, isPending))])) === isPending;

// Misskey waits 5 s, so that ingest has to answer well before.
test.each([
  ["ingest", 2_500],
  ["command", 6_000],
] as const)(
  "over a connection for %s a command to a frozen Redis fails, by a time-out under %s ms",
  async (role, most) => {
    const server = await ownServer();
    const redis = await ready(server.url, role);
    expect(redis.options.commandTimeout).toBeLessThan(most);
    await server.freeze();
    await expect(redis.set("key", "value")).rejects.toThrow("Command timed out");
    await server.thaw();
    // What timed out may still have run, and the connection works on.
    expect(await redis.get("key")).toBe("value");
  },
);

test.each(["ingest", "command"] as const)(
  "over a connection for %s a command fails at once while Redis is away, at boot and later, and works once it is back",
  async (role) => {
    const atOnce = /enableOfflineQueue options is false/;
    const server = await ownServer();
    await server.kill();
    const redis = connect(server.url, role);
    await expect(redis.ping()).rejects.toThrow(atOnce);

    await server.restart();
    await waitUntilReady(redis, 10_000);
    expect(await redis.ping()).toBe("PONG");

    const closed = new Promise((resolve) => redis.once("close", resolve));
    await server.kill();
    await closed;
    await expect(redis.ping()).rejects.toThrow(atOnce);
  },
);

test("over a connection for a worker a command waits for Redis: at boot, and while it restarts", async () => {
  const server = await ownServer();
  await server.kill();
  const redis = connect(server.url, "worker");
  const atBoot = redis.set("key", "value");
  await new Promise((resolve) => redis.once("reconnecting", resolve));
  expect(await isPending(atBoot)).toBe(true);
  await server.restart();
  expect(await atBoot).toBe("OK");

  const closed = new Promise((resolve) => redis.once("close", resolve));
  await server.kill();
  await closed;
  const later = redis.get("key");
  await new Promise((resolve) => redis.once("reconnecting", resolve));
  expect(await isPending(later)).toBe(true);
  await server.restart();
  expect(await later).toBe("value");
});

test("a command in flight when Redis dies is answered after its return, for a worker", async () => {
  const server = await ownServer();
  const redis = await ready(server.url, "worker");
  await server.freeze();
  const inFlight = redis.set("key", "value");
  await server.kill();
  await server.restart();
  expect(await inFlight).toBe("OK");
});

test.each([
  ["ingest", /^READONLY/],
  ["command", /^READONLY/],
] as const)(
  "over a connection for %s a write to a replica fails as READONLY, and it reconnects",
  async (role, error) => {
    const server = await ownServer();
    const redis = await ready(server.url, role);
    await redis.replicaof("127.0.0.1", 1);
    const closed = new Promise((resolve) => redis.once("close", resolve));
    await expect(redis.set("key", "value")).rejects.toThrow(error);
    await closed;
    await waitUntilReady(redis, 10_000);
    await redis.replicaof("NO", "ONE");
    expect(await redis.set("key", "value")).toBe("OK");
  },
);

test("over a connection for a worker a write to a replica waits until there is a server to write to", async () => {
  const server = await ownServer();
  const redis = await ready(server.url, "worker");
  const admin = await ready(server.url);
  await admin.replicaof("127.0.0.1", 1);
  const closed = new Promise((resolve) => redis.once("close", resolve));
  const write = redis.set("key", "value");
  await closed;
  await admin.replicaof("NO", "ONE");
  expect(await write).toBe("OK");
});

test("errors of a connection are told to its listener", async () => {
  const server = await ownServer();
  await server.kill();
  const error = await new Promise<Error>((resolve) => {
    const redis = connectRedis({ url: server.url, role: "worker", onError: resolve });
    onTestFinished(() => redis.disconnect());
  });
  expect(error).toMatchObject({ code: "ECONNREFUSED" });
});

test("a connection shows its name to the server", async () => {
  const redis = connectRedis({ url: await freshRedisUrl(), role: "command", name: "misskeep-ingest" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  expect(await redis.client("GETNAME")).toBe("misskeep-ingest");
});
