import { freshRedisUrl, ownRedis, startTcpProxy, until } from "@misskeep/testkit";
import type { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { CONNECTION_LIMITS, connectRedis, type ConnectOptions } from "./connect.ts";

/** A way to Redis on which everything that is open can be lost without a word. */
async function wayTo(target: string) {
  const to = new URL(target);
  let connections = 0;
  const proxy = await startTcpProxy(() => {
    connections += 1;
    return [{ host: to.hostname, port: Number(to.port) }];
  });
  onTestFinished(() => proxy.close());
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  return {
    url: url.href,
    mode: proxy.mode,
    /** The network is back at once; nobody is told that it was gone. */
    loseAll() {
      proxy.mode("half-open");
      proxy.mode("open");
    },
    connections: () => connections,
  };
}

async function connectBy(
  way: { readonly url: string },
  options: Partial<ConnectOptions> = {},
): Promise<{ redis: Redis; replaced: string[] }> {
  const replaced: string[] = [];
  const redis = connectRedis({
    url: way.url,
    role: "command",
    onError: ({ message }) => void (message.includes("silent") && replaced.push(message)),
    ...options,
  });
  onTestFinished(() => redis.disconnect());
  await until(() => redis.status === "ready");
  return { redis, replaced };
}

/** Looks at a connection go by, as the watch over its silence does. */
const LONGER_THAN_NOTICED_MS = CONNECTION_LIMITS.noticedMs * 2;

test.each(["command", "ingest"] as const)(
  "role %s: a connection that is lost without a word is replaced, and what was asked over it is asked again",
  async (role) => {
    const way = await wayTo(await freshRedisUrl());
    const { redis, replaced } = await connectBy(way, { role });
    way.loseAll();
    await until(() => redis.ping());
    expect(replaced).toHaveLength(1);
    // The first, the one that was tried, and the one that took its place.
    expect(way.connections()).toBe(3);
  },
);

test("it is noticed although nothing is asked over it", async () => {
  const way = await wayTo(await freshRedisUrl());
  const { redis, replaced } = await connectBy(way);
  const lost = new Promise((resolve) => redis.once("close", resolve));
  way.loseAll();
  await lost;
  await until(() => redis.status === "ready");
  expect(replaced).toHaveLength(1);
});

test("one that waits in a command that blocks is left alone, and replaced when it is lost meanwhile", async () => {
  const way = await wayTo(await freshRedisUrl());
  const { redis, replaced } = await connectBy(way, { role: "worker", silenceMs: 300 });
  // Nothing comes for much longer than it may be silent, and nothing is wrong.
  expect(await redis.blpop("nothing", 2)).toBeNull();
  expect(await redis.call("XREAD", "BLOCK", 2_000, "STREAMS", "nothing", "0")).toBeNull();
  expect(way.connections()).toBe(1);
  const waiting = redis.blpop("something", 1);
  way.loseAll();
  // Told to the next connection, as the command that was lost is.
  expect(await waiting).toBeNull();
  expect(replaced).toHaveLength(1);
});

test("a copy, such as BullMQ makes, is looked after too", async () => {
  const way = await wayTo(await freshRedisUrl());
  const { redis, replaced } = await connectBy(way, { role: "worker" });
  const first = redis.duplicate();
  const copy = first.duplicate();
  for (const each of [first, copy]) {
    each.on("error", () => undefined);
    onTestFinished(() => each.disconnect());
  }
  await copy.ping();
  way.loseAll();
  expect(await copy.ping()).toBe("PONG");
  expect(replaced.length).toBeGreaterThan(0);
});

test("one that is lost while it is being set up is given up", async () => {
  const way = await wayTo(await freshRedisUrl());
  way.mode("stalled");
  // Of a worker's connection no command ever times out, not even the first ones.
  const redis = connectRedis({ url: way.url, role: "worker" });
  onTestFinished(() => redis.disconnect());
  await until(() => redis.status === "connect");
  way.loseAll();
  await until(() => redis.status === "ready");
});

test("a Redis that stands still loses no connection: it answers all when it goes on", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const { redis, replaced } = await connectBy(server, { role: "worker" });
  let closed = 0;
  redis.on("close", () => (closed += 1));
  await server.freeze();
  const asked = redis.incr("count");
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_NOTICED_MS));
  await server.thaw();
  // Asked over two connections it would be 2, sooner or later.
  expect(await asked).toBe(1);
  expect(await redis.incr("count")).toBe(2);
  expect([closed, replaced]).toEqual([0, []]);
});

test("one that ends is looked at no more", async () => {
  const way = await wayTo(await freshRedisUrl());
  const { redis } = await connectBy(way);
  const ended = new Promise((resolve) => redis.once("end", resolve));
  redis.disconnect();
  await ended;
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_NOTICED_MS));
  expect(way.connections()).toBe(1);
});

test("whatever it meets, a connection is used again within 5 s of the network's return", () => {
  const { connectMs, pauseMs, loadingMs, silenceMs, noticedMs } = CONNECTION_LIMITS;
  // TCP asks again after 1 s: Linux' and RFC 6298's first time-out.
  const intoNothing = connectMs - 1_000 + pauseMs;
  // Asked after a second of rest, then silent; each is seen by a look, of which there are four in a second.
  expect(noticedMs).toBeGreaterThanOrEqual(1_000 + 250 + silenceMs + 250);
  expect(intoNothing).toBeLessThan(2_500);
  expect(noticedMs + pauseMs + loadingMs).toBeLessThan(5_000);
});
