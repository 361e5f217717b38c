/** When which fault strikes, from the seed alone. */
import type { Fault } from "./faults/fault.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

export interface Strike<W = World> {
  /** ms since the load began */
  readonly at: number;
  readonly fault: Fault<W>;
  /** ms */
  readonly lasts: number;
}

/** Nobody is told of it, so what it struck has to notice by itself; any fault after it would hide that it did not. */
const LAST = "network to Redis half-open";

/**
 * Each kind comes once before any comes twice; the moments are random, evenly over the time.
 *
 * @param options.within ms; the last one strikes at its end
 */
export function planStrikes<W = World>(
  faults: readonly Fault<W>[],
  options: { readonly count: number; readonly within: number; readonly random: Random },
): readonly Strike<W>[] {
  const { count, within, random } = options;
  const times = Array.from({ length: count }, () => random.int(0, within)).toSorted((a, b) => a - b);
  let pool: Fault<W>[] = [];
  const last = faults.find(({ kind }) => kind === LAST);
  return times.map((at, index) => {
    if (last && index === count - 1) return { at: within, fault: last, lasts: random.int(...last.lasts) };
    if (pool.length === 0) pool = [...faults];
    const [fault] = pool.splice(random.int(0, pool.length - 1), 1);
    if (fault === undefined) throw new Error("There are no faults to plan");
    return { at, fault, lasts: random.int(...fault.lasts) };
  });
}
