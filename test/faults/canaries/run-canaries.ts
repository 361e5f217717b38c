import { join } from "node:path";
import { faults } from "../faults/index.ts";
import { lostSecond } from "../faults/lost-second.ts";
import { runFaults } from "../run.ts";
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

/**
 * Runs the suite against a broken build until it notices.
 *
 * @param folder for the ledgers
 */
export async function runCanary(
  canary: Canary,
  options: {
    readonly seed: number;
    readonly folder: string;
    readonly say: (line: string) => void;
    readonly root?: string | undefined;
  },
): Promise<Caught> {
  const { seed, folder, say, root } = options;
  const { name, patches, caughtBy, only, events } = canary;
  say(`canary: ${name}`);
  const copy = makeBrokenCopy(patches, root);
  try {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const { violations } = await runFaults({
        seed: seed + attempt,
        events,
        rate: 20,
        faults: canary.faults,
        kinds: [...faults, lostSecond].filter(({ kind }) => only.some((part) => kind.includes(part))),
        ledgerFile: join(folder, `canary-${name.replaceAll(" ", "-")}-${seed + attempt}.jsonl`),
        say,
        root: copy.root,
        durability: canary.durability,
        drainMs: 150_000,
      });
      const times = violations.filter(({ invariant }) => invariant === caughtBy).length;
      const others = [...new Set(violations.map(({ invariant }) => invariant))].filter(
        (each) => each !== caughtBy,
      );
      if (times > 0) return { canary, seed: seed + attempt, times, others };
    }
    return { canary, seed: undefined, times: 0, others: [] };
  } finally {
    copy.remove();
  }
}
