/**
 * Which core each part of a measurement runs on, so that the parts do not push one another about.
 *
 * | cores | |
 * |---|---|
 * | 4 and more, with `taskset` | the server, Redis and the load generator have a core each, everything else the rest |
 * | 2 or 3 | the server has a core to itself; Redis and the load generator share the other |
 * | 1, or no `taskset` | nothing is pinned |
 *
 * Workers are pinned only where there are cores left for them.
 */
import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";

export type Role = "server" | "redis" | "load" | "worker";

/** @returns cores for taskset, such as `3-7`; undefined: anywhere */
export function coresFor(role: Role, cores: number): string | undefined {
  if (cores < 2) return undefined;
  if (cores < 4) return role === "server" ? "0" : role === "worker" ? undefined : "1";
  const rest = cores === 4 ? "3" : `3-${cores - 1}`;
  return { server: "0", redis: "1", load: "2", worker: rest }[role];
}

/** Whether this machine pins at all. */
export const canPin = availableParallelism() >= 2 && hasTaskset();

/** The command under `taskset`, where the machine allows. */
export function placed(role: Role, command: string, args: readonly string[]): [string, readonly string[]] {
  const cores = canPin ? coresFor(role, availableParallelism()) : undefined;
  return cores === undefined ? [command, args] : ["taskset", ["-c", cores, command, ...args]];
}

/** Moves a process that runs, with all its threads. */
export function place(role: Role, pid: number): void {
  const cores = canPin ? coresFor(role, availableParallelism()) : undefined;
  if (cores !== undefined) execFileSync("taskset", ["-acp", cores, String(pid)], { stdio: "ignore" });
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
