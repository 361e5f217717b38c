import type { Redis } from "ioredis";
import { checkDurability, type Durability, type DurabilityReport, isAtLeast } from "./durability.ts";
import { isTooOld, RedisTooOld } from "./version.ts";

/**
 * Checks that Redis is new enough and gives at least the durability that is asked for.
 *
 * @returns what was found
 * @throws DurabilityTooLow or RedisTooOld, with what to do
 */
export async function requireDurability(
  redis: Redis,
  wanted: "disk" | "second" | "none",
): Promise<DurabilityReport> {
  const report = await checkDurability(redis);
  if (isTooOld(report.version)) throw new RedisTooOld(report.version);
  if (!isAtLeast(report.level, wanted)) throw new DurabilityTooLow(report, wanted);
  return report;
}

export class DurabilityTooLow extends Error {
  override readonly name = "DurabilityTooLow";
  readonly code = "DURABILITY_TOO_LOW";
  readonly level: Durability;

  constructor({ level, findings }: DurabilityReport, wanted: string) {
    super(`Redis promises "${level}", and DURABILITY demands "${wanted}". ${findings.join(" ")}`);
    this.level = level;
  }
}
