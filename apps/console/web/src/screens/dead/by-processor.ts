import type { DeadLetterSummary } from "../../api/types.ts";

/** The API takes letters of one processor at a time. */
export function byProcessor(
  letters: readonly Pick<DeadLetterSummary, "processor" | "id">[],
): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { processor, id } of letters) {
    const others = ids.get(processor);
    if (others) others.push(id);
    else ids.set(processor, [id]);
  }
  return ids;
}
