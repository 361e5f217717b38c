import { addVerdicts, type Verdict } from "../judge/judge.ts";
import { type Spread, spreadsOf } from "../judge/spread.ts";

/** A contestant's line in a table. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly promise: string;
  readonly figures: Readonly<Record<string, Spread>>;
  /** Absent where nothing is kept that could be counted. */
  readonly verdict?: Verdict;
}

export interface RunResult {
  readonly figures: Readonly<Record<string, number>>;
  readonly verdict: Verdict | undefined;
}

/** @param runs of one contestant, at least one */
export function toRow(
  { name, title, promise }: Pick<Row, "name" | "title" | "promise">,
  runs: readonly RunResult[],
): Row {
  const verdicts = runs.flatMap(({ verdict }) => verdict ?? []);
  return {
    name,
    title,
    promise,
    figures: spreadsOf(runs.map(({ figures }) => figures)),
    ...(verdicts.length === 0 ? {} : { verdict: addVerdicts(verdicts) }),
  };
}
