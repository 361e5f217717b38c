import type { GroupFacts, ProcessorFacts, Readings } from "../facts.ts";

export const NOW = Date.UTC(2026, 10, 24, 14, 8);

/** All is well. */
export function readings(changes: Partial<Readings> = {}): Readings {
  return {
    at: NOW,
    wanted: "disk",
    redis: { level: "disk", findings: [], usedMemory: 10, maxMemory: 100 },
    refusals: { total: 0, byReason: {}, groups: [] },
    spools: [],
    inbox: { waiting: 0, oldestWaitingAt: null },
    processors: [processor()],
    groups: [],
    unseen: new Set(),
    ...changes,
  };
}

/** One that runs and has nothing to do. */
export function processor(changes: Partial<ProcessorFacts> = {}): ProcessorFacts {
  return {
    name: "relay",
    workers: 1,
    seenAt: NOW,
    waiting: 0,
    oldestWaitingAt: null,
    paused: null,
    removed: false,
    hasRun: false,
    ...changes,
  };
}

/** An open group of three. */
export function group(changes: Partial<GroupFacts> = {}): GroupFacts {
  return {
    group: "0123456789ab",
    processor: "relay",
    error: { name: "TargetFailed", code: "TARGET_FAILED" },
    message: "The target of RELAY_URL answered <n>.",
    count: 3,
    firstDiedAt: NOW - 6 * 60_000,
    lastDiedAt: NOW - 60_000,
    state: "open",
    resolved: null,
    mutedUntil: null,
    ...changes,
  };
}
