/**
 * Whether Redis can keep an event now, as durably as was promised. Known before an event comes, so that none waits
 * for a Redis that does not answer, and none is left in memory there.
 *
 * | Redis | events go |
 * |---|---|
 * | answers, has room, syncs as `DURABILITY` demands | to Redis |
 * | is not connected, or did not answer the last look or delivery | to the spool: REDIS_UNAVAILABLE |
 * | was not yet looked at over this connection: it may be another server, or configured anew | the same |
 * | uses more than 80 % of its `maxmemory` | to the spool: REDIS_FULL |
 * | promises less than `DURABILITY` | to the spool: NOT_DURABLE |
 *
 * It is looked at every second, whatever was found.
 */
import { checkDurability, type DurabilityReport, isAtLeast, parseInfo, type Redis } from "@misskeep/redis";
import type { UnavailableCode } from "./answers.ts";
import { every } from "./every.ts";

/**
 * Full, Redis refuses workers the commands with which they finish jobs, and nothing would ever drain. The last fifth
 * is theirs.
 */
const MAX_MEMORY_SHARE = 0.8;

/** Configuration changes seldom; a new connection is looked at anyway. */
const LOOKS_PER_DURABILITY_CHECK = 30;

export interface KeepingOptions {
  readonly redis: Redis;
  readonly wanted: "disk" | "second" | "none";
  /** What was found at the start; undefined if Redis was away. */
  readonly found: DurabilityReport | undefined;
  readonly log: { error(fields: object, message: string): void; info(fields: object, message: string): void };
  /** @default 1000 */
  readonly everyMs?: number;
}

/** For people; shown on the internal listener. */
export interface KeepingDetails {
  readonly reason?: UnavailableCode;
  readonly durability: DurabilityReport["level"];
  readonly findings: readonly string[];
  readonly usedMemory: number;
  /** 0: no limit. In bytes. */
  readonly maxMemory: number;
}

export interface Keeping {
  /** @returns why Redis can keep no event now; undefined if it can */
  reason(): UnavailableCode | undefined;
  details(): KeepingDetails;
  /** A delivery found Redis silent: until a look is answered, the next ones do not wait for it. */
  suspect(): void;
  /**
   * What stands for the connection, if Redis syncs over it before it answers, and stays what it is; undefined if not. Where
   * sentinels can put a replica in its place, that replica may not have what the master had synced.
   */
  syncs(): number | undefined;
  stop(): Promise<void>;
}

const NOTHING_FOUND: DurabilityReport = {
  level: "unknown",
  findings: ["Redis has not answered yet."],
  version: "unknown",
  usedMemory: 0,
  maxMemory: 0,
};

export function watchKeeping({ redis, wanted, found, log, everyMs = 1_000 }: KeepingOptions): Keeping {
  let report = found ?? NOTHING_FOUND;
  const mayFailOver = (redis.options.sentinels?.length ?? 0) > 0;
  let looksUntilCheck = LOOKS_PER_DURABILITY_CHECK;
  /** The last look or delivery was not answered. That the connection is replaced then is its own business. */
  let isSilent = false;
  let told: UnavailableCode | undefined;
  /** Counts connections: what an earlier one answered says nothing of this one. */
  let connection = 0;
  let checked = found ? connection : -1;

  const reason = (): UnavailableCode | undefined => {
    if (redis.status !== "ready" || isSilent || checked !== connection) return "REDIS_UNAVAILABLE";
    if (!isAtLeast(report.level, wanted)) return "NOT_DURABLE";
    const { usedMemory, maxMemory } = report;
    return maxMemory > 0 && usedMemory > maxMemory * MAX_MEMORY_SHARE ? "REDIS_FULL" : undefined;
  };

  const tell = (): void => {
    const now = reason();
    if (now === told) return;
    if (now === undefined) log.info({}, "Redis takes events again");
    else log.error({ ...details() }, "Redis takes no events; they go to the spool");
    told = now;
  };

  const details = (): KeepingDetails => {
    const why = reason();
    const { level, findings, usedMemory, maxMemory } = report;
    return {
      ...(why === undefined ? {} : { reason: why }),
      durability: level,
      findings,
      usedMemory,
      maxMemory,
    };
  };

  const look = async (): Promise<void> => {
    const looked = connection;
    try {
      looksUntilCheck -= 1;
      if (checked !== connection || looksUntilCheck <= 0) {
        report = await checkDurability(redis);
        looksUntilCheck = LOOKS_PER_DURABILITY_CHECK;
      } else {
        const memory = parseInfo(await redis.info("memory"));
        report = {
          ...report,
          usedMemory: Number(memory.get("used_memory") ?? 0),
          maxMemory: Number(memory.get("maxmemory") ?? 0),
        };
      }
      checked = looked;
      isSilent = false;
    } catch {
      isSilent = true;
    }
    tell();
  };

  const looking = every(everyMs, look);
  const onReady = (): void => {
    connection += 1;
    looking.now();
  };
  redis.on("ready", onReady).on("close", tell);

  return {
    reason,
    details,
    suspect() {
      isSilent = true;
      tell();
      looking.now();
    },
    syncs: () => (reason() === undefined && report.level === "disk" && !mayFailOver ? connection : undefined),
    async stop() {
      redis.off("ready", onReady).off("close", tell);
      await looking.stop();
    },
  };
}
