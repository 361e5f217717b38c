/**
 * Several rounds of all contestants, one after the other, so that what the machine does meanwhile falls on all of
 * them. Each round begins with another one: who runs first, or after whom, is spread as well.
 */
export async function inRounds<C extends { readonly name: string }, Result>(
  rounds: number,
  contestants: readonly C[],
  run: (contestant: C, round: number) => Promise<Result>,
): Promise<ReadonlyMap<C, readonly Result[]>> {
  const results = new Map<C, Result[]>(contestants.map((each) => [each, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const contestant of rotated(contestants, round))
      results.get(contestant)?.push(await run(contestant, round));
  return results;
}

export function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
