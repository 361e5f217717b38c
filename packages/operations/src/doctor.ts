import { inboxState } from "@misskeep/inbox";
import { listWorkers } from "@misskeep/queue";
import {
  checkDurability,
  type Durability,
  type DurabilityReport,
  isAtLeast,
  parseInfo,
  type Redis,
} from "@misskeep/redis";
import type { Context } from "./context.ts";

/**
 * | level | means |
 * |---|---|
 * | `ok` | nothing to do |
 * | `warn` | works, but look at it |
 * | `fail` | a promise is not kept, or events are refused |
 */
export interface Finding {
  readonly check: "version" | "durability" | "disk" | "memory" | "clock" | "workers" | "dispatch";
  readonly level: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do; null where nothing is. */
  readonly remedy: string | null;
}

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

/** `SET … NX GET`, which `once` rests on, came with Redis 7.0. */
const OLDEST_VERSION = 7;
/** Above it ingest takes no more events, so that workers have room to finish. */
const FULL = 0.8;
const NEARLY_FULL = 0.6;
const SKEW_MS = 2_000;
const WAITING_MS = 60_000;

/** Looks for what would break a promise. */
export async function doctor(
  context: Context,
  { wanted, now = Date.now }: DoctorOptions,
): Promise<Diagnosis> {
  const { redis } = context;
  const report = await checkDurability(redis);
  const findings = [
    checkVersion(report),
    ...checkLevel(report, wanted),
    await checkDisk(redis),
    checkMemory(report),
    await checkClock(redis, now),
    ...(await checkWork(context)),
  ];
  return { healthy: findings.every(({ level }) => level !== "fail"), durability: report.level, findings };
}

function checkVersion({ version }: DurabilityReport): Finding {
  const isOld = Number.parseInt(version, 10) < OLDEST_VERSION;
  return isOld
    ? fail("version", `Redis ${version} is too old.`, "Use Redis 7.0 or newer, or Valkey.")
    : ok("version", `Redis ${version}.`);
}

function checkLevel(report: DurabilityReport, wanted: DoctorOptions["wanted"]): Finding[] {
  const { level, findings } = report;
  const isEnough = isAtLeast(level, wanted);
  if (isEnough && findings.length === 0)
    return [ok("durability", `Durability is ${level}, as DURABILITY asks.`)];
  const holds = isEnough
    ? ok("durability", `Durability is ${level}; DURABILITY asks for ${wanted}.`)
    : fail("durability", `Durability is ${level}, and DURABILITY asks for ${wanted}.`, "Do the following.");
  return [holds, ...findings.map((finding) => toFinding(finding, isEnough ? "warn" : "fail"))];
}

/** The durability check says what is wrong and what to do in one text, in this order. */
function toFinding(text: string, level: "warn" | "fail"): Finding {
  const [, message = text, remedy = null] = /^(.*?[.]) ((?:Set|Allow) .*)$/s.exec(text) ?? [];
  return { check: "durability", level, message, remedy };
}

async function checkDisk(redis: Redis): Promise<Finding> {
  const info = parseInfo(await redis.info("persistence"));
  const failing = ["aof_last_write_status", "aof_last_bgrewrite_status"].filter(
    (name) => info.get(name) !== undefined && info.get(name) !== "ok",
  );
  return failing.length === 0
    ? ok("disk", "Redis writes to its disk.")
    : fail(
        "disk",
        `Redis cannot write to its disk (${failing.join(", ")}).`,
        "Look at its log and make room.",
      );
}

function checkMemory({ usedMemory, maxMemory }: DurabilityReport): Finding {
  const used = toMiB(usedMemory);
  if (maxMemory === 0) {
    const remedy = "Set `maxmemory`; from 80 % of it on, ingest refuses new events instead.";
    return warn(
      "memory",
      `Redis uses ${used} and has no limit: it can take the machine's last memory.`,
      remedy,
    );
  }
  const share = usedMemory / maxMemory;
  const message = `Redis uses ${used} of ${toMiB(maxMemory)} (${Math.round(share * 100)} %).`;
  const remedy =
    "Raise `maxmemory`, lower INBOX_MAX_BYTES, or see what fills the queues with `misskeep status`.";
  if (share >= FULL) return fail("memory", `${message} Ingest takes no more events.`, remedy);
  return share >= NEARLY_FULL
    ? warn("memory", `${message} At 80 % ingest stops.`, remedy)
    : ok("memory", message);
}

/** Half the round trip is how far off the answer can be without any skew. */
async function checkClock(redis: Redis, now: () => number): Promise<Finding> {
  const before = now();
  const [seconds, microseconds] = await redis.time();
  const after = now();
  const skew = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (before + after) / 2;
  const off = Math.max(0, Math.abs(skew) - (after - before) / 2);
  if (off <= SKEW_MS) return ok("clock", "This machine's clock and Redis' agree.");
  const direction = skew > 0 ? "ahead of" : "behind";
  return warn(
    "clock",
    `Redis' clock is ${(off / 1_000).toFixed(1)} s ${direction} this machine's.`,
    "Synchronise both (NTP): ages, delays and the recognition of resends rest on them.",
  );
}

async function checkWork({ redis }: Context): Promise<Finding[]> {
  const [workers, inbox, [seconds]] = await Promise.all([
    listWorkers(redis),
    inboxState(redis),
    redis.time(),
  ]);
  const live = workers.filter((worker) => worker.live).length;
  const oldest = inbox.oldestWaitingAt;
  const lags = oldest !== undefined && Number(seconds) * 1_000 - oldest > WAITING_MS;
  return [
    live === 0
      ? warn("workers", "No worker is live: events are kept, and wait.", "Start one (`npm start`).")
      : ok("workers", live === 1 ? "1 worker is live." : `${live} workers are live.`),
    lags
      ? warn(
          "dispatch",
          `${inbox.waiting} events wait for a dispatcher, some for over a minute.`,
          "Look at a worker's log.",
        )
      : ok("dispatch", "No event waits long for a dispatcher."),
  ];
}

function toMiB(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(bytes < 100 * 1024 ** 2 ? 1 : 0)} MiB`;
}

function ok(check: Finding["check"], message: string): Finding {
  return { check, level: "ok", message, remedy: null };
}
function warn(check: Finding["check"], message: string, remedy: string): Finding {
  return { check, level: "warn", message, remedy };
}
function fail(check: Finding["check"], message: string, remedy: string): Finding {
  return { check, level: "fail", message, remedy };
}
