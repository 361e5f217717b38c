import type { Redis } from "ioredis";

/**
 * How much of what Redis acknowledged survives.
 *
 * | level | holds when | survives |
 * |---|---|---|
 * | `disk` | append-only file, `appendfsync always`, also during rewrites, `noeviction` | a power loss |
 * | `second` | the same with `appendfsync everysec` | a crash of Redis; a power loss costs 1–2 s |
 * | `none` | no append-only file, or it cannot be written, or keys may be evicted | nothing for sure |
 * | `unknown` | the server forbids CONFIG | not known, so it passes for nothing but `none` |
 */
export type Durability = "disk" | "second" | "none" | "unknown";

export interface DurabilityReport {
  readonly level: Durability;
  /** What keeps the level from being `disk`, each with what to do. Empty at `disk`. */
  readonly findings: readonly string[];
  readonly version: string;
  readonly usedMemory: number;
  /** 0: no limit. In bytes. */
  readonly maxMemory: number;
}

/** Reads from Redis which durability its configuration gives. */
export async function checkDurability(redis: Redis): Promise<DurabilityReport> {
  const info = parseInfo(await redis.info());
  const base = {
    version: info.get("valkey_version") ?? info.get("redis_version") ?? "unknown",
    usedMemory: Number(info.get("used_memory") ?? 0),
    maxMemory: Number(info.get("maxmemory") ?? 0),
  };
  const config = await readConfig(redis);
  if (config === undefined) {
    const finding =
      "The server forbids CONFIG, so its durability cannot be checked. Allow CONFIG GET, or set DURABILITY=none to accept that.";
    return { level: "unknown", findings: [finding], ...base };
  }
  return { ...judge(config, info), ...base };
}

/** Whether a level that holds is as good as the one that is asked for. */
export function isAtLeast(level: Durability, wanted: "disk" | "second" | "none"): boolean {
  const rank = { unknown: 0, none: 0, second: 1, disk: 2 } as const;
  return rank[level] >= rank[wanted];
}

/** @param info the lines of INFO */
export function judge(
  config: ReadonlyMap<string, string>,
  info: ReadonlyMap<string, string>,
): { level: Durability; findings: string[] } {
  const findings: string[] = [];
  let level: Durability = "disk";
  const lower = (to: "second" | "none", finding: string): void => {
    if (level === "disk" || to === "none") level = to;
    findings.push(finding);
  };
  const fsync = config.get("appendfsync");
  const policy = config.get("maxmemory-policy");
  if (config.get("appendonly") !== "yes")
    lower("none", "appendonly is not yes: what Redis holds is lost when it restarts. Set `appendonly yes`.");
  else if (fsync === "everysec")
    lower("second", "appendfsync is everysec: a power loss can lose 1–2 s. Set `appendfsync always`.");
  else if (fsync !== "always")
    lower(
      "none",
      `appendfsync is ${fsync || "not shown"}: nothing says when Redis syncs. Set \`appendfsync always\`.`,
    );
  // With `always` Redis ends itself then; with `everysec` it refuses writes, and what it took last is not on disk.
  if ((info.get("aof_last_write_status") ?? "ok") !== "ok")
    lower("none", "Redis cannot write its append-only file. Look at its log and make room on its disk.");
  if (config.get("no-appendfsync-on-rewrite") === "yes")
    lower("second", "no-appendfsync-on-rewrite is yes: nothing is synced during a rewrite. Set it to no.");
  if (policy !== undefined && policy !== "noeviction")
    lower(
      "none",
      `maxmemory-policy is ${policy}: Redis may drop events. Set \`maxmemory-policy noeviction\`.`,
    );
  return { level, findings };
}

async function readConfig(redis: Redis): Promise<Map<string, string> | undefined> {
  const names = ["appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory-policy"];
  try {
    const replies = await Promise.all(names.map((name) => redis.config("GET", name)));
    return new Map(names.map((name, index) => [name, valueOf(replies[index])]));
  } catch (error) {
    // NOPERM (an ACL) and "unknown command" (a managed server that renamed it) both mean: forbidden.
    if (error instanceof Error && /NOPERM|unknown command|not allowed/i.test(error.message)) return undefined;
    throw error;
  }
}

function valueOf(reply: unknown): string {
  return Array.isArray(reply) ? String(reply[1] ?? "") : "";
}

/** The `name:value` lines of Redis' INFO. */
export function parseInfo(text: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0 && !line.startsWith("#")) entries.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return entries;
}
