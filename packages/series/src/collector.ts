import { bucketOf } from "./histogram.ts";
import type { RunCount } from "./slot.ts";

/** Runs of one processor that ended since the figures were last taken. */
export type Figures = ReadonlyMap<RunCount | `${number}`, number>;

/** Counts runs in this process until they are added to Redis. */
export interface Collector {
  /** @param afterMs from the event's receipt, where that says something */
  count(processor: string, what: readonly RunCount[], afterMs?: number): void;
  /** What was counted since the last call, by processor. */
  take(): ReadonlyMap<string, Figures>;
}

export function createCollector(): Collector {
  let counted = new Map<string, Map<RunCount | `${number}`, number>>();
  return {
    count(processor, what, afterMs) {
      const figures = counted.get(processor) ?? new Map<RunCount | `${number}`, number>();
      counted.set(processor, figures);
      const fields: (RunCount | `${number}`)[] = [...what];
      if (afterMs !== undefined) fields.push(`${bucketOf(afterMs)}`);
      for (const field of fields) figures.set(field, (figures.get(field) ?? 0) + 1);
    },
    take() {
      const taken = counted;
      counted = new Map();
      return taken;
    },
  };
}

/** All processors' figures as one. */
export function sumFigures(all: ReadonlyMap<string, Figures>): Figures {
  const sum = new Map<RunCount | `${number}`, number>();
  for (const figures of all.values())
    for (const [field, count] of figures) sum.set(field, (sum.get(field) ?? 0) + count);
  return sum;
}
