/**
 * Slows down guessing: after so many wrong tokens from one address within a minute, nothing from there is looked at
 * any more until the minute is over, right tokens included; a guesser could otherwise go on at full speed and watch
 * for the one that works. A person who waits is let in again.
 */
import { isIPv6 } from "node:net";

export interface Attempts {
  /** Seconds until this address is listened to again; 0: now. */
  wait(address: string): number;
  failed(address: string): void;
}

export const MAX_FAILED = 10;
export const PERIOD_MS = 60_000;
/** More addresses than this are forgotten, the oldest first: memory is not the guesser's to fill. */
const MAX_ADDRESSES = 10_000;

/** @param now ms from any start */
export function countAttempts(now: () => number): Attempts {
  const seen = new Map<string, { count: number; readonly until: number }>();
  const find = (key: string): { count: number; readonly until: number } | undefined => {
    const entry = seen.get(key);
    if (entry === undefined || entry.until > now()) return entry;
    seen.delete(key);
    return undefined;
  };
  return {
    wait(address) {
      const entry = find(networkOf(address));
      if (entry === undefined || entry.count < MAX_FAILED) return 0;
      return Math.ceil((entry.until - now()) / 1_000);
    },
    failed(address) {
      const key = networkOf(address);
      const entry = find(key);
      if (entry) {
        entry.count += 1;
        return;
      }
      const [oldest] = seen.keys();
      if (seen.size >= MAX_ADDRESSES && oldest !== undefined) seen.delete(oldest);
      seen.set(key, { count: 1, until: now() + PERIOD_MS });
    },
  };
}

/** One customer has a whole /64 of IPv6. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":");
  if (tail === undefined) return groups.slice(0, 4).join(":");
  const after = tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - groups.length - after.length }, () => "0");
  return [...groups, ...zeros, ...after].slice(0, 4).join(":");
}
