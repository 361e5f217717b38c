import { connect as connectSocket, createServer, type Server } from "node:net";
import { freshRedisUrl, ownRedis } from "@misskeep/testkit";
import type { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { connectRedis } from "./connect.ts";
import { waitUntilReady } from "./ready.ts";

async function ready(url: string): Promise<Redis> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

async function ownUrl(): Promise<string> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  return server.url;
}

test("the database of a URL is used", async () => {
  const url = await ownUrl();
  const [third, none] = await Promise.all([ready(`${url}/3`), ready(url)]);
  await third.set("key", "three");
  expect(await none.get("key")).toBeNull();
  await none.select(3);
  expect(await none.get("key")).toBe("three");
});

test.each(["plain", "p@ss:w/rd?#[%]", "ひみつ é"])(
  "user and password of a URL are used as written after decoding: %s",
  async (password) => {
    const url = await ownUrl();
    const admin = await ready(url);
    await admin.acl("SETUSER", "us@r", "on", `>${password}`, "~*", "+@all");
    await admin.config("SET", "requirepass", password);
    const credentials = (user: string): string =>
      url.replace(/\/\/[^@]*@|\/\//, `//${user}:${encodeURIComponent(password)}@`);
    expect(await (await ready(credentials(encodeURIComponent("us@r")))).acl("WHOAMI")).toBe("us@r");
    expect(await (await ready(credentials(""))).acl("WHOAMI")).toBe("default");
  },
);

/** Lets a Redis be reached at an IPv6 address, too. */
async function forwardFromIPv6(url: string): Promise<Server | undefined> {
  const { hostname, port } = new URL(url);
  const server = createServer((socket) => {
    const onward = connectSocket(Number(port), hostname);
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined)).listen(0, "::1", () => resolve(server));
  });
}

test("a URL may hold an IPv6 address", async ({ skip }) => {
  const url = await freshRedisUrl();
  const forwarder = await forwardFromIPv6(url);
  if (forwarder === undefined) return skip("this machine has no IPv6");
  onTestFinished(() => void forwarder.close());
  const address = forwarder.address();
  const there = new URL(url);
  const port = typeof address === "object" ? address?.port : undefined;
  const redis = await ready(url.replace(there.host, `[::1]:${port}`));
  expect(redis.options.host).toBe("::1");
  expect(await redis.ping()).toBe("PONG");
});

test("host and port have defaults, and rediss means TLS", () => {
  const optionsOf = (url: string): Redis["options"] => {
    const redis = connectRedis({ url, role: "command" });
    redis.disconnect();
    return redis.options;
  };
  expect(optionsOf("redis://")).toMatchObject({ host: "127.0.0.1", port: 6379, db: 0 });
  expect(optionsOf("redis://redis.example")).toMatchObject({ host: "redis.example", port: 6379, db: 0 });
  expect(optionsOf("redis://redis.example").tls).toBeUndefined();
  expect(optionsOf("rediss://redis.example:6380/2")).toMatchObject({ port: 6380, db: 2, tls: {} });
});

test("sentinels are understood with and without port, as IPv6 too", () => {
  const redis = connectRedis({
    url: "redis://:secret@ignored/2",
    sentinels: ["s1:26380", "s2", "[::1]:26381", "[::2]"],
    sentinelMaster: "events",
    role: "command",
  });
  redis.disconnect();
  expect(redis.options).toMatchObject({
    sentinels: [
      { host: "s1", port: 26380 },
      { host: "s2", port: 26379 },
      { host: "::1", port: 26381 },
      { host: "::2", port: 26379 },
    ],
    name: "events",
    password: "secret",
    db: 2,
  });
});

test("an address that is no URL is an error that does not repeat it", () => {
  let failure: unknown;
  try {
    connectRedis({ url: "redis://:hunter2@host:port", role: "command" });
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(Error);
  expect(JSON.stringify([String(failure), failure])).not.toContain("hunter2");
});
