import type { Redis } from "ioredis";
import { checkDurability, type Durability, type DurabilityReport, isAtLeast } from "./durability.ts";

/**
 * Checks that Redis gives at least the durability that is asked for.
 *
 * @returns what was found
 * @throws DurabilityTooLow, with what to do
 */
export async function requireDurability(
  redis: Redis,
  wanted: "disk" | "second" | "none",
): Promise<DurabilityReport> {
  const report = await checkDurability(redis);
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
