/**
 * | level | means |
 * |---|---|
 * | `ok` | nothing to do |
 * | `warn` | works, but look at it |
 * | `fail` | a promise is not kept, or events are refused |
 */
export interface Finding {
  readonly check:
    | "version"
    | "durability"
    | "failover"
    | "disk"
    | "memory"
    | "spool"
    | "window"
    | "clock"
    | "workers"
    | "dispatch"
    | "queues"
    | "settings";
  readonly level: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do; null where nothing is. */
  readonly remedy: string | null;
}

export function ok(check: Finding["check"], message: string): Finding {
  return { check, level: "ok", message, remedy: null };
}

export function warn(check: Finding["check"], message: string, remedy: string): Finding {
  return { check, level: "warn", message, remedy };
}

export function fail(check: Finding["check"], message: string, remedy: string): Finding {
  return { check, level: "fail", message, remedy };
}

export function toMiB(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(bytes < 100 * 1024 ** 2 ? 1 : 0)} MiB`;
}
