import type { DurabilityReport, Redis } from "@misskeep/redis";
import { type Finding, ok, warn } from "./finding.ts";

/**
 * Whether a master that no replica follows still takes writes, where sentinels may put a replica in its place.
 *
 * @returns nothing without sentinels, nor where CONFIG is forbidden, as the check of the durability then says
 */
export async function checkFailover(
  redis: Redis,
  { level }: Pick<DurabilityReport, "level">,
): Promise<readonly Finding[]> {
  if ((redis.options.sentinels?.length ?? 0) === 0 || level === "unknown") return [];
  const asked = await Promise.all(
    ["min-replicas-to-write", "min-replicas-max-lag"].map((name) => redis.config("GET", name)),
  );
  const [replicas, lag] = asked.map((reply) => Number((reply as readonly string[])[1]));
  // Redis takes a lag of 0 for "any".
  if (replicas && lag) {
    const followers = replicas === 1 ? "a replica is" : `${replicas} replicas are`;
    return [ok("failover", `Redis takes writes only while ${followers} at most ${lag} s behind.`)];
  }
  return [
    warn(
      "failover",
      "After a failover everything can be missing that Redis took while no replica followed it, however long that was.",
      "Set `min-replicas-to-write 1` and `min-replicas-max-lag 1` on every server; docs/failover.md says what can be lost then.",
    ),
  ];
}
