import type { Redis } from "@misskeep/redis";

/**
 * Logs why Redis cannot be reached any more, such as a password that was changed: each reason once until it is back,
 * as every try of the connection gives an error.
 */
export function tellAbsence(
  redis: Redis,
  log: { warn(fields: { readonly err: Error }, message: string): void },
): void {
  const told = new Set<string>();
  redis.on("error", (err: Error) => {
    if (told.has(err.message)) return;
    told.add(err.message);
    log.warn({ err }, "Redis cannot be reached");
  });
  redis.on("ready", () => told.clear());
}
