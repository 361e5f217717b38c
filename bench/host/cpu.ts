/**
 * The CPU time of other processes, from outside, so that every contestant is measured in the same way, whatever it is
 * written in.
 *
 * | where | what | exact to |
 * |---|---|---|
 * | `/proc/<pid>/stat` | what getrusage tells the process of itself, and of children that ended | 10 ms |
 * | `/proc/<pid>/task/…/schedstat` | its living threads | 1 ns |
 * | `ps`, where there is no `/proc` | the process alone | 10 ms |
 *
 * Both may know too little (a thread that ended, a part of a tick), never too much: the greater one counts.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICK_US = 10_000;

/** @returns µs of the processes, their living descendants, and those of them that ended and were waited for */
export function cpuOf(pids: readonly number[]): number {
  if (process.platform !== "linux") return pids.reduce((sum, pid) => sum + cpuByPs(pid), 0);
  const all = new Set(pids);
  const parents = new Map(processes().map((pid) => [pid, statOf(pid)] as const));
  // Children are found by their parents; a child of a child in the next round.
  for (let before = -1; before !== all.size;) {
    before = all.size;
    for (const [pid, stat] of parents) if (stat && all.has(stat.parent)) all.add(pid);
  }
  return [...all].reduce((sum, pid) => {
    const stat = statOf(pid);
    return stat ? sum + Math.max(stat.ownUs, threadsUs(pid)) + stat.childrenUs : sum;
  }, 0);
}

function processes(): number[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

interface Stat {
  readonly parent: number;
  readonly ownUs: number;
  readonly childrenUs: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return undefined;
  }
}

/** See proc_pid_stat(5). The program's name may hold spaces and brackets. */
export function parseStat(text: string): Stat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const us = (index: number): number => Number(fields[index]) * TICK_US;
  return { parent: Number(fields[1]), ownUs: us(11) + us(12), childrenUs: us(13) + us(14) };
}

function threadsUs(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const ns = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ")[0]),
    );
    return ns.reduce((sum, each) => sum + each, 0) / 1_000;
  } catch {
    return 0;
  }
}

function cpuByPs(pid: number): number {
  const text = execFileSync("ps", ["-o", "time=", "-p", String(pid)], { encoding: "utf8" }).trim();
  return parsePsTime(text) * 1e6;
}

/** `[[dd-]hh:]mm:ss[.cc]` @returns s */
export function parsePsTime(text: string): number {
  const [days, clock] = text.includes("-") ? text.split("-") : ["0", text];
  const seconds = (clock ?? "0").split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
