/** The network between two of the parts: cut, slow, stalled, half-open, or with its answers lost. */
import type { Mode, TcpProxy } from "@misskeep/testkit";
import type { Random } from "../random.ts";
import type { Deployment, World } from "../world.ts";
import type { Fault } from "./fault.ts";

interface Place<W> {
  readonly resource: "redis" | "door";
  readonly name: string;
  proxyOf(world: W): TcpProxy;
  /** The longest that a stall lasts, ms. */
  readonly most: number;
}

const toRedis: Place<World> = {
  resource: "redis",
  name: "to Redis",
  proxyOf: (world) => world.redisNet,
  most: 9_000,
};
const toIngest: Place<Deployment> = {
  resource: "door",
  name: "to ingest",
  proxyOf: (world) => world.doorNet,
  most: 6_000,
};

const modes: readonly (readonly [name: string, mode: (random: Random) => Mode])[] = [
  ["cut", () => "cut"],
  ["slow", (random) => ({ slowMs: random.int(20, 700) })],
  ["stalled", () => "stalled"],
  ["half-open", () => "half-open"],
  ["answers lost", () => "deaf"],
];

function faultsOf<W>({ resource, name, proxyOf, most }: Place<W>): readonly Fault<W>[] {
  return modes.map(([modeName, mode]): Fault<W> => ({
    kind: `network ${name} ${modeName}`,
    resource,
    lasts: [200, most],
    async start(world, random) {
      proxyOf(world).mode(mode(random));
      return {
        target: `network ${name}`,
        // What happens between sender and ingest hurts no run.
        ...(resource === "door" ? { pids: [] } : {}),
        stop: async () => proxyOf(world).mode("open"),
      };
    },
  }));
}

export const doorFaults: readonly Fault<Deployment>[] = faultsOf(toIngest);
export const networkFaults: readonly Fault[] = [...faultsOf(toRedis), ...doorFaults];
