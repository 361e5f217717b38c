import type { Backlog } from "@misskeep/queue";
import { parseInfo, type Redis } from "@misskeep/redis";
import { Gauge, type Registry } from "prom-client";

/** Where the gauges are read from, at each scrape. */
export interface GaugeSources {
  readonly processors: () => Promise<ReadonlyMap<string, Backlog>>;
  readonly inbox: () => Promise<{
    readonly waiting: number;
    /** ms since 1970 */
    readonly oldestWaitingAt: number | undefined;
  }>;
  /** Bytes; `maxMemory` 0: no limit. */
  readonly memory: () => Promise<{ readonly usedMemory: number; readonly maxMemory: number }>;
}

/** While Redis is away its gauges show nothing; all else is still shown. */
export function registerGauges(registry: Registry, sources: GaugeSources): void {
  const registers = [registry];
  const readBacklogs = shared(() => sources.processors().catch(() => new Map<string, Backlog>()));
  const perProcessor = (name: string, help: string, read: (backlog: Backlog) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ["processor"],
      registers,
      async collect() {
        const backlogs = await readBacklogs();
        this.reset();
        for (const [processor, backlog] of backlogs) this.set({ processor }, read(backlog));
      },
    });
  };
  perProcessor("misskeep_waiting", "Jobs that wait to run.", ({ waiting }) => waiting);
  perProcessor("misskeep_delayed", "Jobs that wait for their next attempt.", ({ delayed }) => delayed);
  perProcessor("misskeep_dead", "Dead letters.", ({ dead }) => dead);
  perProcessor(
    "misskeep_oldest_waiting_seconds",
    "Age of the event that is next, since its receipt.",
    ({ oldestWaitingAt }) => toAge(oldestWaitingAt),
  );
  const ofRedis = <T>(
    read: () => Promise<T>,
    gauges: readonly [string, string, (found: T) => number][],
  ): void => {
    const readOnce = shared(read);
    for (const [name, help, value] of gauges)
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          const found = await readOnce().catch(() => undefined);
          this.set(found === undefined ? Number.NaN : value(found));
        },
      });
  };
  ofRedis(sources.inbox, [
    ["misskeep_inbox_waiting", "Events in the inbox that are not dispatched yet.", ({ waiting }) => waiting],
    [
      "misskeep_inbox_oldest_waiting_seconds",
      "Age of the oldest event that is not dispatched, since its receipt.",
      ({ oldestWaitingAt }) => toAge(oldestWaitingAt),
    ],
  ]);
  ofRedis(sources.memory, [
    ["misskeep_redis_memory_bytes", "Memory that Redis uses.", ({ usedMemory }) => usedMemory],
    ["misskeep_redis_max_memory_bytes", "Redis' maxmemory; 0: no limit.", ({ maxMemory }) => maxMemory],
  ]);
}

/** One reading serves all gauges of a scrape. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () =>
    (reading ??= read().finally(() => {
      reading = undefined;
    }));
}

/** @param at ms since 1970; undefined: nothing waits @returns seconds */
function toAge(at: number | undefined): number {
  return at === undefined ? 0 : Math.max(Date.now() - at, 0) / 1_000;
}

export async function readMemory(redis: Redis): ReturnType<GaugeSources["memory"]> {
  const info = parseInfo(await redis.info("memory"));
  return { usedMemory: Number(info.get("used_memory") ?? 0), maxMemory: Number(info.get("maxmemory") ?? 0) };
}
