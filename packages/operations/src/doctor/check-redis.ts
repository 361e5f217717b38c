import { type DurabilityReport, isAtLeast, isTooOld, parseInfo, type Redis } from "@misskeep/redis";
import { fail, type Finding, ok, toMiB, warn } from "./finding.ts";

/** Above it ingest gives Redis no more events, so that workers have room to finish. */
const FULL = 0.8;
const NEARLY_FULL = 0.6;

export function checkVersion({ version }: DurabilityReport): Finding {
  return isTooOld(version)
    ? fail("version", `Redis ${version} is too old.`, "Use Redis 7.0 or newer, or Valkey.")
    : ok("version", `Redis ${version}.`);
}

export function checkLevel(report: DurabilityReport, wanted: "disk" | "second" | "none"): Finding[] {
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

export async function checkDisk(redis: Redis): Promise<Finding> {
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

export function checkMemory({ usedMemory, maxMemory }: DurabilityReport): Finding {
  const used = toMiB(usedMemory);
  if (maxMemory === 0) {
    const remedy = "Set `maxmemory`; from 80 % of it on, new events go to the spool instead.";
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
  if (share >= FULL) return fail("memory", `${message} New events go to the spool.`, remedy);
  return share >= NEARLY_FULL
    ? warn("memory", `${message} From 80 % on, new events go to the spool.`, remedy)
    : ok("memory", message);
}
