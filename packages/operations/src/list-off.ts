import { listWorkers, type WorkerRecord } from "@misskeep/queue";
import type { Context } from "./context.ts";

/** A processor that no live worker runs, though it is there. */
export interface OffReason {
  readonly name: string;
  readonly why: string;
  /** Some of its settings are there and others are not: somebody wanted it on. */
  readonly partly: boolean;
  /** How many live workers say so. */
  readonly workers: number;
}

/** Processors that are off and why, those that somebody wanted on first; by name, the most told reason first. */
export async function listOff({ redis }: Pick<Context, "redis">): Promise<readonly OffReason[]> {
  return offAmong(await listWorkers(redis));
}

/** As `listOff`, for a caller that has read the workers already. */
export function offAmong(workers: readonly WorkerRecord[]): readonly OffReason[] {
  const live = workers.filter((worker) => worker.live);
  const on = new Set(live.flatMap(({ processors }) => processors));
  const reasons = new Map<string, OffReason>();
  for (const { about } of live) {
    for (const { name, why, partly } of about.off) {
      if (on.has(name)) continue;
      const key = JSON.stringify([name, why]);
      reasons.set(key, { name, why, partly, workers: (reasons.get(key)?.workers ?? 0) + 1 });
    }
  }
  const order = (a: OffReason, b: OffReason): number =>
    Number(b.partly) - Number(a.partly) || a.name.localeCompare(b.name, "en") || b.workers - a.workers;
  return [...reasons.values()].toSorted(order);
}
