/**
 * How much of each app's heap is in use, from its own metrics, as a Prometheus would read them. The least of some time
 * is near what is left after a collection; what leaks raises it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "./member.ts";

export interface HeapWatch {
  /** The least since the last call, by the member's name, MB; a member that was not reached is not in it. */
  take(): Readonly<Record<string, number>>;
  stop(): void;
}

const EVERY_MS = 1_000;
const PATIENCE_MS = 4_000;

/** @param members those that are there, each time anew */
export function watchHeaps(members: () => readonly Member[]): HeapWatch {
  let least = new Map<string, number>();
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      for (const member of members()) {
        const mb = await readHeapMb(member.metricsPort());
        if (mb !== undefined) least.set(member.name, Math.min(least.get(member.name) ?? Infinity, mb));
      }
      await sleep(EVERY_MS, undefined, { ref: false });
    }
  };
  void watch();
  return {
    take() {
      const taken = Object.fromEntries(least);
      least = new Map();
      return taken;
    },
    stop: () => void (isOver = true),
  };
}

/** @returns undefined where it does not answer */
async function readHeapMb(port: number | undefined): Promise<number | undefined> {
  if (port === undefined) return undefined;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { signal })).text();
    const bytes = /^nodejs_heap_size_used_bytes\S* (\S+)$/m.exec(text)?.[1];
    return bytes === undefined ? undefined : Math.round((Number(bytes) / 2 ** 20) * 10) / 10;
  } catch {
    return undefined;
  }
}
