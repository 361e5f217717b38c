import { connect as connectSocket, createServer, type AddressInfo, type Socket } from "node:net";
import { freshRedisUrl, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { connectRedis } from "./connect.ts";

/** A way to Redis on which all connections that there are can fall silent, for ever and without a word. */
async function wayTo(target: URL): Promise<{ url: string; silence(): void; connections(): number }> {
  let silent = new WeakSet<Socket>();
  const all = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    const redis = connectSocket(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, redis],
      [redis, client],
    ] as const) {
      all.add(from);
      from.on("error", () => undefined);
      from.on("data", (piece) => void (silent.has(from) || to.write(piece)));
      from.on("close", () => void (silent.has(from) || to.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of all) socket.destroy();
    server.close();
  });
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    silence: () => (silent = new WeakSet(all)),
    connections: () => connections,
  };
}

test.each(["command", "ingest"] as const)(
  "role %s: a connection whose other end is gone without a word is replaced",
  async (role) => {
    const way = await wayTo(new URL(await freshRedisUrl()));
    const redis = connectRedis({ url: way.url, role, silenceMs: 300 });
    onTestFinished(() => redis.disconnect());
    await until(() => redis.ping());
    way.silence();
    await until(() => redis.ping());
    expect(way.connections()).toBe(2);
  },
);

test("role worker: what waited on such a connection is asked again on the next, and one that waits is left alone", async () => {
  const way = await wayTo(new URL(await freshRedisUrl()));
  const redis = connectRedis({ url: way.url, role: "worker", silenceMs: 1_500 });
  onTestFinished(() => redis.disconnect());
  // Nothing comes meanwhile, and nothing is wrong.
  expect(await redis.blpop("nothing", 1)).toBeNull();
  expect(way.connections()).toBe(1);
  way.silence();
  expect(await redis.ping()).toBe("PONG");
  expect(way.connections()).toBe(2);
});
