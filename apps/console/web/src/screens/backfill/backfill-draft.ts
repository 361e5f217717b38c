import type { RunScope } from "../../api/types.ts";

/** What a person fills in before a backfill is planned. Times are ms since 1970. */
export interface BackfillDraft {
  readonly processor: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Empty: those that the processor wants. */
  readonly types: readonly string[];
  /** Empty: every hook's. */
  readonly hook: string;
}

export type Mistake = "processorMissing" | "fromMissing" | "toMissing" | "invalidRange";

export function findMistakes({ processor, from, to }: BackfillDraft): ReadonlySet<Mistake> {
  const mistakes = new Set<Mistake>();
  if (processor === "") mistakes.add("processorMissing");
  if (from === undefined) mistakes.add("fromMissing");
  if (to === undefined) mistakes.add("toMissing");
  if (from !== undefined && to !== undefined && from >= to) mistakes.add("invalidRange");
  return mistakes;
}

/** @returns null while something is missing or wrong */
export function toScope(draft: BackfillDraft): (RunScope & { readonly kind: "backfill" }) | null {
  const { processor, from, to, types, hook } = draft;
  if (findMistakes(draft).size > 0 || from === undefined || to === undefined) return null;
  return {
    kind: "backfill",
    processor,
    from,
    to,
    ...(types.length > 0 ? { types } : {}),
    ...(hook.trim() === "" ? {} : { hook: hook.trim() }),
  };
}
