/** Figures of a process from outside of it; Linux only, as `/proc` is. */
import { readdirSync, readFileSync } from "node:fs";

/** Resident memory, MB; 0 where it cannot be read. */
export function residentMb(pid: number): number {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kb ?? 0) / 1_024);
  } catch {
    return 0;
  }
}

/** Open file descriptors; 0 where they cannot be read. */
export function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
