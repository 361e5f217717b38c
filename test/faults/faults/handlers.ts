/** A handler misbehaves: some of the next jobs of the processor `moody`, at their first attempts. */
import type { Order } from "../ledger.ts";
import type { Deployment } from "../world.ts";
import { AT_ONCE, type Fault } from "./fault.ts";

/** How many jobs at most are told so. */
const most: Readonly<Record<Exclude<Order, "fine">, number>> = {
  throw: 40,
  slow: 8,
  permanent: 10,
  ignore: 10,
  later: 10,
  hang: 3,
  // Each costs the worker a restart.
  deaf: 1,
  exit: 1,
  block: 1,
};

export const handlerFaults: readonly Fault<Deployment>[] = Object.entries(most).map(
  ([order, count]): Fault<Deployment> => ({
    kind: `handler ${order}`,
    resource: "handlers",
    lasts: AT_ONCE,
    async start({ receiver }, random) {
      receiver.order(order as Order, random.int(1, count));
      // What it does to a run is recorded with the run's effect.
      return { target: "moody", pids: [], stop: async () => {} };
    },
  }),
);
