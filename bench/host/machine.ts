import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { canPin } from "./place.ts";

/** What a reader has to know to judge the figures, or to get them again. */
export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly redis: string;
  readonly commit: string;
  readonly isPinned: boolean;
  /** Over one minute, before the first run. Above a few tenths a core: somebody else was at work too. */
  readonly loadAverage: number;
}

export function describeMachine(redis: string): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    redis,
    commit: said("git", ["rev-parse", "--short", "HEAD"]),
    isPinned: canPin,
    loadAverage: loadAverage(),
  };
}

function loadAverage(): number {
  try {
    return Number(readFileSync("/proc/loadavg", "latin1").split(" ")[0]);
  } catch {
    return NaN;
  }
}

/** @returns the first line of what a program says; `unknown` if it cannot be run */
export function said(command: string, args: readonly string[]): string {
  try {
    return (
      execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).split("\n")[0] ??
      ""
    );
  } catch {
    return "unknown";
  }
}
