const pids = new Set<number>();
let listens = false;

/** Kills a process when this one ends, however a test ended. */
export function killAtExit(pid: number): void {
  if (!listens) process.once("exit", killAll);
  listens = true;
  pids.add(pid);
}

/** Forgets a process that ended: its id may soon be another's. */
export function hasEnded(pid: number): void {
  pids.delete(pid);
}

function killAll(): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
}
