import { basename, join } from "node:path";
import { failovers } from "../faults/failover.ts";
import type { Fault } from "../faults/fault.ts";
import { faults } from "../faults/index.ts";
import { lostSecond } from "../faults/lost-second.ts";
import type { Violation } from "../invariants.ts";
import { runFailovers, runFaults } from "../run.ts";
import { makeBrokenCopy } from "./broken-copy.ts";
import type { Canary } from "./canary.ts";

export interface Caught {
  readonly canary: Canary;
  /** With which seed; undefined: the suite did not notice. */
  readonly seed: number | undefined;
  /** How often the invariant was found broken. */
  readonly times: number;
  /** What else was. */
  readonly others: readonly string[];
}

/** Where a moment is missed by one seed, another one comes. */
const TRIES = 3;

interface CanaryOptions {
  readonly seed: number;
  /** For the ledgers. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly root?: string | undefined;
}

/** Runs the suite against a broken build until it notices. */
export async function runCanary(canary: Canary, options: CanaryOptions): Promise<Caught> {
  const { seed, say, root } = options;
  say(`canary: ${canary.name}`);
  const copy = makeBrokenCopy(canary.patches, root);
  try {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const violations = await runOnce(canary, { ...options, seed: seed + attempt, root: copy.root });
      const times = violations.filter(({ invariant }) => invariant === canary.caughtBy).length;
      const others = new Set(violations.map(({ invariant }) => invariant));
      others.delete(canary.caughtBy);
      if (times > 0) return { canary, seed: seed + attempt, times, others: [...others] };
    }
    return { canary, seed: undefined, times: 0, others: [] };
  } finally {
    copy.remove();
  }
}

/**
 * The same load and faults for the build as it is: where no ordinary run has them, only this tells that it is the
 * canary's change that was noticed.
 */
export async function runControl(canary: Canary, options: CanaryOptions): Promise<readonly Violation[]> {
  options.say(`control: not ${canary.name}`);
  return runOnce(canary, options);
}

async function runOnce(canary: Canary, options: CanaryOptions): Promise<readonly Violation[]> {
  const { name, only, events, durability, minReplicas } = canary;
  const { seed, folder, say, root } = options;
  const common = {
    seed,
    events,
    rate: 20,
    faults: canary.faults,
    ledgerFile: join(
      folder,
      `${name.replaceAll(/\W+/g, "-")}-${seed}-${root === undefined ? "" : basename(root)}.jsonl`,
    ),
    say,
    root,
    // What a broken build lost never comes; the most that one that is whole needs is twice a minute.
    drainMs: 180_000,
  };
  const chosen = <W>(all: readonly Fault<W>[]): readonly Fault<W>[] =>
    all.filter(({ kind }) => only.some((part) => kind.includes(part)));
  const { violations } =
    minReplicas === undefined
      ? await runFaults({ ...common, durability, kinds: chosen([...faults, lostSecond]) })
      : await runFailovers({ ...common, minReplicas, kinds: chosen(failovers) });
  return violations;
}
