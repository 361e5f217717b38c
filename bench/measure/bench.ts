import type { Generator } from "../load/generator.ts";
import type { Sizes } from "./sizes.ts";

/** What every measurement is given. */
export interface Bench {
  readonly sizes: Sizes;
  readonly load: Generator;
  /** The copy of the repository whose apps are measured. */
  readonly root: string;
  readonly say: (line: string) => void;
  /** Told who is not here, and why. */
  readonly absent: Map<string, string>;
}

/** Those that can be measured on this machine. */
export async function presentOf<
  C extends { readonly title: string; whyAbsent?(): Promise<string | undefined> },
>(contestants: readonly C[], { say, absent }: Pick<Bench, "say" | "absent">): Promise<readonly C[]> {
  const present: C[] = [];
  for (const contestant of contestants) {
    const why = await contestant.whyAbsent?.();
    if (why === undefined) present.push(contestant);
    else {
      absent.set(contestant.title, why);
      say(`${contestant.title}: ${why}`);
    }
  }
  return present;
}
