import { listSpools } from "@misskeep/inbox";
import { listWorkers } from "@misskeep/queue";
import { checkDurability, type Durability, redisTime } from "@misskeep/redis";
import type { Context } from "./context.ts";
import { checkClock, checkWorkerClocks } from "./doctor/check-clocks.ts";
import { checkFailover } from "./doctor/check-failover.ts";
import { checkQueues, checkSettings } from "./doctor/check-processors.ts";
import { checkDisk, checkLevel, checkMemory, checkVersion } from "./doctor/check-redis.ts";
import { checkSpool } from "./doctor/check-spool.ts";
import { checkWindow } from "./doctor/check-window.ts";
import { checkDispatch, checkWorkers } from "./doctor/check-work.ts";
import type { Finding } from "./doctor/finding.ts";
import { offAmong } from "./list-off.ts";
import { listProcessorsOf } from "./list-processors.ts";

export type { Finding } from "./doctor/finding.ts";

export interface Diagnosis {
  /** No check failed. */
  readonly healthy: boolean;
  /** The level that really holds. */
  readonly durability: Durability;
  readonly findings: readonly Finding[];
}

export interface DoctorOptions {
  /** What `DURABILITY` asks for. */
  readonly wanted: "disk" | "second" | "none";
  /** This machine's clock, ms since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Looks for what would break a promise, and says what to do about it. */
export async function doctor(
  context: Context,
  { wanted, now = Date.now }: DoctorOptions,
): Promise<Diagnosis> {
  const { redis } = context;
  const [report, workers, at] = await Promise.all([
    checkDurability(redis),
    listWorkers(redis),
    redisTime(redis),
  ]);
  const findings = [
    checkVersion(report),
    ...checkLevel(report, wanted),
    ...(await checkFailover(redis, report)),
    await checkDisk(redis),
    checkMemory(report),
    ...checkSpool(await listSpools(redis, at), at),
    ...(await checkWindow(redis, report, at)),
    await checkClock(redis, now),
    ...checkWorkerClocks(workers),
    checkWorkers(workers),
    await checkDispatch(redis, at),
    ...checkQueues(await listProcessorsOf(context, workers)),
    ...checkSettings(offAmong(workers)),
  ];
  return { healthy: findings.every(({ level }) => level !== "fail"), durability: report.level, findings };
}
