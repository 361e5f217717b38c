import { keys } from "@misskeep/redis";
import {
  type Deaths,
  type Quantiles,
  type Rates,
  readDeaths,
  readLatency,
  readRates,
} from "@misskeep/series";
import type { Context } from "./context.ts";
import { findMemoryOwners, type MemoryOwner } from "./memory-owners.ts";
import { type Status, status } from "./status.ts";

/** How everything is and what it does now, in one look. */
export interface Overview extends Status {
  /** A second, over the last minute; null where no worker records. */
  readonly rates: Rates | null;
  /** From receipt to handled, ms, over the last 5 minutes; null where nothing was handled. */
  readonly latency: Quantiles | null;
  readonly memory: {
    /** Redis', bytes. */
    readonly used: number;
    /** 0: no limit. */
    readonly max: number;
    /** Estimated, the largest first. */
    readonly owners: readonly MemoryOwner[];
  };
  readonly dead: Deaths & {
    /** Now, of all processors. */
    readonly total: number;
  };
  /** How many runs are under way, paused ones included. */
  readonly runs: number;
}

/** A few dozen calls, each of them cheap however much there is. */
export async function overview(context: Context): Promise<Overview> {
  const { redis } = context;
  const found = await status(context);
  const names = found.processors.map(({ name }) => name);
  const [rates, latency, deaths, owners, active] = await Promise.all([
    readRates(redis, found.at),
    readLatency(redis, found.at),
    readDeaths(redis, found.at),
    findMemoryOwners(context, found),
    Promise.all(names.map((name) => redis.exists(keys.activeRun(name)))),
  ]);
  return {
    ...found,
    rates,
    latency,
    memory: { used: found.redis.usedMemory, max: found.redis.maxMemory, owners },
    dead: { total: found.processors.reduce((sum, { dead }) => sum + dead, 0), ...deaths },
    runs: active.filter((exists) => exists === 1).length,
  };
}
