/** Finds settings that are ours by name and that nothing knows: a misspelt one would otherwise do nothing, silently. */
import type { Environment } from "../environment.ts";
import type { Mistake } from "./mistakes.ts";

/** @param known every name that any app knows */
export function findUnknownNames(environment: Environment, known: readonly string[]): readonly Mistake[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith("MISSKEEP_") && !known.includes(name))
    .map((name) => {
      const similar = findSimilar(name, known);
      return {
        setting: name,
        problem: "is not a setting",
        fix: similar === undefined ? "Remove it." : `Did you mean ${similar}?`,
      };
    });
}

/** @returns the name that takes the fewest edits to reach, if those are few */
function findSimilar(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: countEdits(name, candidate) }))
    .toSorted((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.max(2, name.length / 5) ? best.candidate : undefined;
}

/** Levenshtein's distance, a row at a time. */
function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
