import { groupBy } from "./group-by.ts";
import type { LedgerData } from "./ledger.ts";
import { judgeAnswer } from "./misskey-backoff.ts";

export interface Recovery {
  readonly kind: string;
  readonly count: number;
  /** From the fault's end to the next acknowledgement and the next effect, ms. */
  readonly acknowledged: Spread;
  readonly effect: Spread;
}

export interface Spread {
  readonly median: number;
  readonly most: number;
}

/** How soon everything went on after each kind of fault, while load came. */
export function measureRecovery({ faults, sends, effects }: LedgerData): readonly Recovery[] {
  const acknowledged = sends
    .filter(({ status }) => judgeAnswer(status) === "done")
    .map(({ until }) => until)
    .toSorted((a, b) => a - b);
  const acted = effects.map(({ at }) => at);
  const last = acknowledged.at(-1) ?? 0;
  // After the last events there is nothing to go on with.
  const under = faults.filter(({ until }) => until < last - 5_000);
  return [...groupBy(under, ({ kind }) => kind)]
    .map(([kind, own]) => ({
      kind,
      count: own.length,
      acknowledged: spread(own.map(({ until }) => nextAfter(acknowledged, until) - until)),
      effect: spread(own.map(({ until }) => nextAfter(acted, until) - until)),
    }))
    .toSorted((a, b) => a.kind.localeCompare(b.kind));
}

/** @param times ascending */
function nextAfter(times: readonly number[], moment: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return times[low] ?? moment;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, most: sorted.at(-1) ?? 0 };
}
