/**
 * Refusals are counters; that there are new ones shows only in comparison with the last look. What one look leaves
 * to the next is kept beside the causes.
 */
import type { RefusalSummary } from "@misskeep/operations";

/** So long without another refusal, and it is over. */
export const QUIET_MS = 15 * 60_000;

/** What is remembered of each reason. Times are ms since 1970. */
export type RefusalMemory = Readonly<
  Record<
    string,
    {
      /** All of this reason at the last look. */
      readonly total: number;
      /** All of it before those that are told of now. */
      readonly before: number;
      readonly since: number;
      readonly last: number;
    }
  >
>;

/** Deliveries of one reason that are being refused: there was one within the last 15 minutes. */
export interface RefusedNow {
  readonly reason: string;
  readonly count: number;
  readonly since: number;
  /** What the senders claimed to be, the latest first. Anybody can claim anything. */
  readonly hosts: readonly string[];
}

/** @param memory undefined at the first look of all: then only what was refused within 15 minutes is news */
export function observeRefusals(
  { byReason, groups }: RefusalSummary,
  memory: RefusalMemory | undefined,
  at: number,
): { readonly memory: RefusalMemory; readonly refused: readonly RefusedNow[] } {
  const remembered: Record<string, RefusalMemory[string]> = {};
  const refused: RefusedNow[] = [];
  for (const [reason, total] of Object.entries(byReason)) {
    const ofReason = groups.filter((group) => group.reason === reason && group.last > at - QUIET_MS);
    const known = memory?.[reason] ?? (memory ? NONE : firstLook(total, ofReason));
    const isOver = at - known.last >= QUIET_MS;
    const now =
      total > known.total
        ? { total, before: isOver ? known.total : known.before, since: isOver ? at : known.since, last: at }
        : known;
    remembered[reason] = now;
    if (at - now.last < QUIET_MS)
      refused.push({
        reason,
        count: total - now.before,
        since: now.since,
        hosts: ofReason.map(({ host }) => host).filter((host) => host !== null),
      });
  }
  return { memory: remembered, refused };
}

const NONE = { total: 0, before: 0, since: 0, last: 0 };

function firstLook(total: number, recent: RefusalSummary["groups"]): RefusalMemory[string] {
  if (recent.length === 0) return { ...NONE, total, before: total };
  const count = recent.reduce((sum, group) => sum + group.count, 0);
  return {
    total,
    before: Math.max(total - count, 0),
    since: Math.min(...recent.map(({ first }) => first)),
    last: Math.max(...recent.map(({ last }) => last)),
  };
}
