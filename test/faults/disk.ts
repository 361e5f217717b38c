/**
 * The disk under the spool: of its own, so that it can be full without hurting anybody, and its power can fail.
 *
 * A killed process loses nothing that it wrote: the kernel has it. What a loss of power leaves is worked out from the
 * journal that circumstances.mjs keeps: a name that its folder was not synced with is gone, and a file that was not
 * synced is torn.
 */
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

export interface Disk {
  readonly folder: string;
  /** For the processes that write to it. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it is of its own; else it cannot be filled. */
  readonly isOwn: boolean;
  fill(): void;
  free(): void;
  /** What a loss of power leaves. Whoever writes to it must have ended. @returns how many files were lost or torn */
  losePower(): number;
  /** Deliveries that still lie in the spool. */
  spooled(): readonly string[];
  /** Files of the spool that were set aside. */
  aside(): readonly string[];
  close(): void;
}

const SIZE = "48m";

/** @param parent an existing folder for it and its journal */
export function openDisk(parent: string): Disk {
  const folder = join(parent, "data");
  const journal = join(parent, "disk-journal.jsonl");
  const ballast = join(folder, "ballast");
  const spool = join(folder, "spool");
  mkdirSync(folder);
  let isMounted = mount(folder);
  const isOwn = isMounted;
  const close = (): void => {
    if (isMounted) execFileSync("umount", ["--lazy", folder], { stdio: "ignore" });
    isMounted = false;
  };
  process.once("exit", close);
  return {
    folder,
    isOwn,
    env: { FAULTS_DISK: folder, FAULTS_JOURNAL: journal },
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      } catch (error) {
        // Ingest took some of the room meanwhile: full is what it was to be.
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    },
    free: () => rmSync(ballast, { force: true }),
    losePower: () => losePower(spool, readJournal(journal)),
    spooled: () => namesIn(spool).filter((name) => name.endsWith(".event")),
    aside: () => namesIn(join(spool, "aside")),
    close() {
      close();
      process.off("exit", close);
    },
  };
}

/** Needs root. */
function mount(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

interface Deed {
  readonly what: "create" | "sync" | "rename" | "remove";
  readonly path: string;
  readonly to?: string;
}

function readJournal(file: string): readonly Deed[] {
  const text = readFileSync(file, { encoding: "utf8", flag: "a+" });
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Deed]));
}

function losePower(folder: string, deeds: readonly Deed[]): number {
  /** Which file has a name now, and which had it when its folder was last synced. */
  const live = new Map<string, number>();
  const durable = new Map<string, number>();
  const synced = new Set<number>();
  for (const [index, { what, path, to = "" }] of deeds.entries()) {
    const file = live.get(path);
    if (what === "create") live.set(path, index);
    else if (what === "remove") live.delete(path);
    else if (what === "rename" && file !== undefined) {
      live.delete(path);
      live.set(to, file);
    } else if (what === "sync" && file !== undefined) synced.add(file);
    else if (what === "sync")
      for (const [name, each] of live) if (dirname(name) === path) durable.set(name, each);
  }
  let lost = 0;
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const file = live.get(path);
    if (file === undefined) continue;
    if (durable.get(path) !== file) rmSync(path);
    else if (!synced.has(file)) truncateSync(path, statSync(path).size >> 1);
    else continue;
    lost += 1;
  }
  return lost;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isFile() ? [each.name] : []));
  } catch {
    return [];
  }
}
