/** What can come between an app and its Redis, and how it ends. For tests of what goes on by itself afterwards. */
import { setTimeout as sleep } from "node:timers/promises";
import { ownRedis } from "./fresh-redis.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
import type { TestRedis } from "./test-redis.ts";

/** A Redis of a test's own behind a network of its own. */
export interface FarRedis {
  /** By way of the network. */
  readonly url: string;
  /** Whatever the network is like, its `url` is the direct one. */
  readonly server: TestRedis;
  readonly network: TcpProxy;
  stop(): Promise<void>;
}

export interface Outage {
  readonly name: string;
  /** Whether Redis itself is away. */
  readonly isOfServer: boolean;
  /** Begins and ends it. What noticed nothing until its end has to notice by itself. */
  strike(redis: FarRedis): Promise<void>;
}

/** Longer than any app takes to notice, so that its tries fall into it. */
const LONG_MS = 4_000;

export const outages: readonly Outage[] = [
  {
    name: "Redis is restarted",
    isOfServer: true,
    async strike({ server }) {
      await server.kill();
      await server.restart();
    },
  },
  {
    name: "Redis stands still",
    isOfServer: true,
    async strike({ server }) {
      await server.freeze();
      await sleep(LONG_MS);
      await server.thaw();
    },
  },
  ofNetwork("the network is cut", "cut", LONG_MS),
  ofNetwork("nothing passes the network", "stalled", LONG_MS),
  ofNetwork("lost without a word", "half-open", 0),
  ofNetwork("lost without a word, for long", "half-open", LONG_MS),
  ofNetwork("answers are lost", "deaf", LONG_MS),
];

function ofNetwork(name: string, mode: "cut" | "stalled" | "half-open" | "deaf", lastsMs: number): Outage {
  return {
    name,
    isOfServer: false,
    async strike({ network }) {
      network.mode(mode);
      if (lastsMs > 0) await sleep(lastsMs);
      network.mode("open");
    },
  };
}

export async function farRedis(): Promise<FarRedis> {
  const server = await ownRedis();
  const { hostname, port } = new URL(server.url);
  const network = await startTcpProxy(() => [{ host: hostname, port: Number(port) }]);
  const url = new URL(server.url);
  url.hostname = "127.0.0.1";
  url.port = String(network.port);
  return {
    url: url.href,
    server,
    network,
    async stop() {
      await network.close();
      await server.stop();
    },
  };
}
