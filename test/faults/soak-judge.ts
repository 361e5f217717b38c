/**
 * Whether what a soak saw is flat.
 *
 * | what | is flat if |
 * |---|---|
 * | memory and heap of each process, memory of Redis | from the least of the third quarter to the least of the last it rises by at most 15 % in an hour |
 * | latency | the median of the last third is at most twice that of the middle third |
 *
 * The least, since memory is a saw: V8 lets what lies outside of its heap (buffers, their pages) gather for up to half an
 * hour until it clears up. A leak lifts the floor; a line through all would find one in half a tooth.
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
  /** What memory and heap of each grow by in an hour, in percent. */
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

/** By how much the floor of each rises in an hour, in percent. */
function growthOf(
  samples: readonly Sample[],
  minutes: number,
  what: "memoryMb" | "heapMb",
): Record<string, number> {
  const quarter = Math.floor(samples.length / 4);
  const names = Object.keys(samples.at(-1)?.[what] ?? {});
  const floor = (name: string, part: readonly Sample[]): number =>
    Math.min(...part.flatMap((sample) => sample[what][name] ?? []));
  return Object.fromEntries(
    names.map((name) => {
      const before = floor(name, samples.slice(-2 * quarter, -quarter));
      const rise = floor(name, samples.slice(-quarter)) / before - 1;
      return [name, Math.round((rise * 100 * 60) / (minutes / 4))];
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
