import type { Refusal, RefusalReason, Refusals } from "@misskeep/inbox";

/** Refusals of one reason from one host. Times are ms since 1970. */
export interface RefusalGroup {
  readonly reason: RefusalReason;
  /** What the sender claimed to be; anybody can claim anything. null where it said nothing. */
  readonly host: string | null;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

export interface RefusalSummary {
  /** Since Redis was empty. */
  readonly total: number;
  readonly byReason: Readonly<Record<string, number>>;
  /** Of the last 100, the most recent group first. */
  readonly groups: readonly RefusalGroup[];
}

export function summarizeRefusals({ last, counts }: Refusals): RefusalSummary {
  const groups = new Map<string, RefusalGroup>();
  for (const refusal of last) {
    const { reason, host = null, at } = refusal;
    const key = JSON.stringify([reason, host]);
    groups.set(key, merge(groups.get(key), { reason, host, at }));
  }
  return {
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    byReason: counts,
    groups: [...groups.values()].toSorted((a, b) => b.last - a.last),
  };
}

function merge(
  group: RefusalGroup | undefined,
  { reason, host, at }: Pick<Refusal, "reason" | "at"> & { readonly host: string | null },
): RefusalGroup {
  return {
    reason,
    host,
    count: (group?.count ?? 0) + 1,
    first: Math.min(group?.first ?? at, at),
    last: Math.max(group?.last ?? at, at),
  };
}
