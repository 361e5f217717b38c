import { groupBy } from "./group-by.ts";
import type { FaultRecord, LedgerData } from "./ledger.ts";
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

/** What another fault left behind is over then, ms. */
const CLEAR_MS = 5_000;

/** How soon everything went on after each kind of fault, while load came and no other fault was at work. */
export function measureRecovery({ faults, sends, effects }: LedgerData): readonly Recovery[] {
  const acknowledged = sends
    .filter(({ status }) => judgeAnswer(status) === "done")
    .map(({ until }) => until)
    .toSorted((a, b) => a - b);
  const acted = effects.map(({ at }) => at);
  const last = acknowledged.at(-1) ?? 0;
  const isAlone = (fault: FaultRecord): boolean => {
    const wentOn = Math.max(nextAfter(acknowledged, fault.until), nextAfter(acted, fault.until));
    // After the last events there is nothing to go on with.
    if (fault.until > last - 5_000) return false;
    return faults.every(
      (other) => other === fault || other.from > wentOn || other.until < fault.until - CLEAR_MS,
    );
  };
  const under = faults.filter(isAlone);
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
