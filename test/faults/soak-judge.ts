/**
 * Whether what a soak saw is flat.
 *
 * | what | is flat if |
 * |---|---|
 * | memory and heap of each process, memory of Redis | the line through the second half rises by at most 15 % in an hour |
 * | latency | the median of the last third is at most twice that of the middle third |
 */

export interface Sample {
  readonly minute: number;
  /** Resident, by the process's name, and what `redis` uses. MB. */
  readonly memoryMb: Readonly<Record<string, number>>;
  /** Of each process's heap, what was left after a collection: the least since the sample before. MB. */
  readonly heapMb: Readonly<Record<string, number>>;
  /** Since the sample before: how long an answer took, ms. */
  readonly answer: Times;
  /** From the first sending of an event to its first effect, ms. */
  readonly effect: Times;
  /** All of Redis' keys. */
  readonly keys: number;
}

export interface Times {
  readonly median: number;
  readonly p99: number;
}

export interface SoakVerdict {
  /** From the second half: what memory and heap of each grow by in an hour, in percent of the mean. */
  readonly growth: Readonly<Record<string, number>>;
  readonly heapGrowth: Readonly<Record<string, number>>;
  /** The median of the last third by that of the middle third. */
  readonly slower: { readonly answer: number; readonly effect: number };
  readonly findings: readonly string[];
}

/** A heap breathes; what leaks grows without end. */
const MOST_GROWTH_PERCENT = 15;
/** A machine has other work now and then; what queues up grows without end. */
const MOST_SLOWER = 2;

/** @param minutes how long the soak was */
export function judgeSoak(samples: readonly Sample[], minutes: number): SoakVerdict {
  const growth = growthOf(samples, minutes, "memoryMb");
  const heapGrowth = growthOf(samples, minutes, "heapMb");
  const slower = { answer: slowerBy(samples, "answer"), effect: slowerBy(samples, "effect") };
  const findings: string[] = [];
  for (const [what, all] of [
    ["memory", growth],
    ["heap", heapGrowth],
  ] as const)
    for (const [name, percent] of Object.entries(all))
      if (percent > MOST_GROWTH_PERCENT)
        findings.push(`${name}'s ${what} would grow by ${percent} % in an hour`);
  for (const [what, times] of Object.entries(slower))
    if (times > MOST_SLOWER) findings.push(`${what}s became ${times} times as slow`);
  if (samples.some(({ effect }) => effect.p99 === 0)) findings.push("for a while nothing took effect");
  return { growth, heapGrowth, slower, findings };
}

/** By how much each grows in an hour, in percent of its mean. */
function growthOf(
  samples: readonly Sample[],
  minutes: number,
  what: "memoryMb" | "heapMb",
): Record<string, number> {
  const later = samples.slice(samples.length >> 1);
  const names = Object.keys(later[0]?.[what] ?? {});
  const stepsAnHour = samples.length * (60 / minutes);
  return Object.fromEntries(
    names.map((name) => {
      const values = later.flatMap((sample) => sample[what][name] ?? []);
      return [name, Math.round((slope(values) * stepsAnHour * 100) / Math.max(mean(values), 1))];
    }),
  );
}

function slowerBy(samples: readonly Sample[], what: "answer" | "effect"): number {
  const third = Math.floor(samples.length / 3);
  const middleOf = (part: readonly Sample[]): number => {
    const sorted = part.map((sample) => sample[what].median).toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  };
  const before = middleOf(samples.slice(third, 2 * third));
  // A clock of whole milliseconds: 0 and 1 are alike.
  return Math.round((middleOf(samples.slice(-third)) / Math.max(before, 1)) * 100) / 100;
}

/** Of the least squares' line through the values, a step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const middleValue = mean(values);
  const over = values.reduce((sum, value, at) => sum + (at - middle) * (value - middleValue), 0);
  const under = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
