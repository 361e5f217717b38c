import type { Redis } from "@misskeep/redis";
import { onTestFinished } from "vitest";
import type { World } from "./world.ts";

/**
 * A connection for jobs whose first blocking copy, once the test says so, never answers and never ends: its consumer
 * asks for no job any more, and BullMQ cannot help itself.
 */
export function wedging(world: World): { readonly shared: Redis; wedge(): void } {
  let isWedged = false;
  let copies = 0;
  const shared = world.connect("worker");
  const duplicate = shared.duplicate.bind(shared);
  shared.duplicate = (...options) => {
    const blocking = duplicate(...options);
    if ((copies += 1) > 1) return blocking;
    const bzpopmin = blocking.bzpopmin.bind(blocking) as (...args: unknown[]) => Promise<unknown>;
    blocking.bzpopmin = ((...args: unknown[]) =>
      isWedged ? new Promise(() => undefined) : bzpopmin(...args)) as typeof blocking.bzpopmin;
    const disconnect = blocking.disconnect.bind(blocking);
    blocking.disconnect = (reconnect) => (isWedged ? undefined : disconnect(reconnect));
    onTestFinished(() => disconnect());
    return blocking;
  };
  return { shared, wedge: () => (isWedged = true) };
}
