/** Whether what was acknowledged was kept (or handled) exactly once. */
export interface Verdict {
  readonly acknowledged: number;
  /** Acknowledged and not there. */
  readonly lost: number;
  /** There once more than once: counted for each further copy. */
  readonly repeated: number;
}

/**
 * @param acknowledged event ids, each once
 * @param kept the event ids that are there, as often as they are there. Ones that were not acknowledged may be
 *   among them: an answer can get lost
 */
export function judge(acknowledged: Iterable<string>, kept: Iterable<string>): Verdict {
  const copies = new Map<string, number>();
  for (const id of kept) copies.set(id, (copies.get(id) ?? 0) + 1);
  let [count, lost, repeated] = [0, 0, 0];
  for (const id of acknowledged) {
    count += 1;
    if (!copies.has(id)) lost += 1;
  }
  for (const times of copies.values()) repeated += times - 1;
  return { acknowledged: count, lost, repeated };
}

/** What several runs found, together. */
export function addVerdicts(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce(
    (sum, each) => ({
      acknowledged: sum.acknowledged + each.acknowledged,
      lost: sum.lost + each.lost,
      repeated: sum.repeated + each.repeated,
    }),
    { acknowledged: 0, lost: 0, repeated: 0 },
  );
}
