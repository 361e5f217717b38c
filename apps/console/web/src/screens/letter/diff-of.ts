import { diffLines } from "diff";

/** So many unchanged lines are shown around a change. */
const AROUND = 3;

export type DiffLine =
  | { readonly key: string; readonly kind: "added" | "removed" | "same"; readonly text: string }
  | { readonly key: string; readonly kind: "skipped"; readonly count: number };

/** The lines of a change, those far from it left out; none where nothing changed. */
export function diffOf(before: string, after: string): readonly DiffLine[] {
  if (before === after) return [];
  const parts = diffLines(before, after);
  return parts.flatMap((part, index): DiffLine[] => {
    const lines = part.value.replace(/\n$/, "").split("\n");
    const kind = part.added ? "added" : part.removed ? "removed" : "same";
    const all = lines.map((text, line): DiffLine => ({ key: `${index}-${line}`, kind, text }));
    if (kind !== "same") return all;
    const head = index === 0 ? 0 : AROUND;
    const tail = index === parts.length - 1 ? 0 : AROUND;
    const count = all.length - head - tail;
    if (count <= 1) return all;
    return [
      ...all.slice(0, head),
      { key: `${index}-skipped`, kind: "skipped", count },
      ...all.slice(all.length - tail),
    ];
  });
}
