import type { Redis } from "@misskeep/redis";

export interface AbsenceLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/**
 * Logs once that Redis has gone and once that it is back: a connection reports each of its tries, and the queues
 * report them once more.
 *
 * @returns logs errors of other sources, but for those of that time
 */
export function logAbsence(redis: Redis, log: AbsenceLog): (error: Error) => void {
  let isAway = false;
  const onError = (err: Error): void => {
    if (isAway) return;
    isAway = redis.status !== "ready";
    log.warn({ err }, isAway ? "Redis is away" : "Redis");
  };
  redis.on("error", onError);
  redis.on("ready", () => {
    if (isAway) log.info({}, "Redis is back");
    isAway = false;
  });
  return onError;
}
