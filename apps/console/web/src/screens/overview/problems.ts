import type { Diagnosis, Overview, RefusalGroup } from "../../api/types.ts";

/** Something that a person should look at, with what helps. `bad` loses events or stops work; `warn` can wait. */
export type Problem = { readonly level: "bad" | "warn" } & (
  | { readonly kind: "refused"; readonly count: number; readonly groups: readonly RefusalGroup[] }
  | { readonly kind: "no-workers" }
  | { readonly kind: "dead"; readonly count: number; readonly lastHour: number }
  | { readonly kind: "workerless"; readonly processor: string; readonly waiting: number }
  | { readonly kind: "paused"; readonly processor: string; readonly waiting: number; readonly by: string }
  | { readonly kind: "old"; readonly processor: string; readonly ageMs: number }
  | { readonly kind: "dispatch"; readonly ageMs: number }
  | { readonly kind: "memory"; readonly share: number }
  | { readonly kind: "durability"; readonly findings: readonly string[]; readonly durability: string }
  | { readonly kind: "finding"; readonly message: string; readonly remedy: string | null }
);

const DAY_MS = 24 * 3_600_000;
/** As the alerts have it. */
const OLD_JOB_MS = 10 * 60_000;
const OLD_EVENT_MS = 60_000;
/** The share of Redis' memory from which on ingest gives it no more events. */
export const FULL = 0.8;

/** Findings of the doctor that are told from the overview already, in words of their own. */
const TOLD: ReadonlySet<string> = new Set(["durability", "memory", "workers", "dispatch"]);

/**
 * What is not well, the worst first.
 *
 * @param diagnosis the doctor's; absent while it is not there yet
 */
export function findProblems(overview: Overview, diagnosis?: Diagnosis): readonly Problem[] {
  const problems = [
    ...refusals(overview),
    ...workers(overview),
    ...dead(overview),
    ...overview.processors.flatMap((processor) => atProcessor(processor, overview)),
    ...dispatch(overview),
    ...memory(overview),
    ...durability(overview, diagnosis),
    ...findings(diagnosis),
  ];
  return problems.toSorted((a, b) => Number(a.level === "warn") - Number(b.level === "warn"));
}

/** Only recent ones: a total that never falls again would call for nothing. */
function refusals({ at, refusals: { groups } }: Overview): Problem[] {
  const recent = groups.filter(({ last }) => last > at - DAY_MS);
  const count = recent.reduce((sum, group) => sum + group.count, 0);
  return count === 0 ? [] : [{ kind: "refused", level: "bad", count, groups: recent }];
}

function workers({ workers: { live } }: Overview): Problem[] {
  return live === 0 ? [{ kind: "no-workers", level: "bad" }] : [];
}

function dead({ dead: { total, lastHour } }: Overview): Problem[] {
  return total === 0 ? [] : [{ kind: "dead", level: "warn", count: total, lastHour }];
}

/** At most one for each: a paused processor's jobs are old for that reason. */
function atProcessor(
  processor: Overview["processors"][number],
  { at, workers: { live } }: Overview,
): Problem[] {
  const { name, paused, removed, waiting, oldestWaitingAt } = processor;
  if (paused) return [{ kind: "paused", level: "warn", processor: name, waiting, by: paused.by }];
  if (processor.workers === 0 && live > 0 && !removed)
    return [{ kind: "workerless", level: "bad", processor: name, waiting }];
  const ageMs = oldestWaitingAt === null ? 0 : at - oldestWaitingAt;
  return ageMs > OLD_JOB_MS && live > 0 ? [{ kind: "old", level: "warn", processor: name, ageMs }] : [];
}

function dispatch({ at, inbox: { oldestWaitingAt }, workers: { live } }: Overview): Problem[] {
  const ageMs = oldestWaitingAt === null ? 0 : at - oldestWaitingAt;
  return ageMs > OLD_EVENT_MS && live > 0 ? [{ kind: "dispatch", level: "bad", ageMs }] : [];
}

function memory({ redis: { usedMemory, maxMemory } }: Overview): Problem[] {
  const share = maxMemory === 0 ? 0 : usedMemory / maxMemory;
  return share > FULL ? [{ kind: "memory", level: "bad", share }] : [];
}

/** The doctor knows which level is wanted; without it, anything below `disk` is worth a look. */
function durability({ redis: { level, findings: found } }: Overview, diagnosis?: Diagnosis): Problem[] {
  if (level === "disk") return [];
  const isWanted =
    diagnosis && !diagnosis.findings.some((each) => each.check === "durability" && each.level !== "ok");
  return isWanted ? [] : [{ kind: "durability", level: "warn", durability: level, findings: found }];
}

function findings(diagnosis?: Diagnosis): Problem[] {
  return (diagnosis?.findings ?? [])
    .filter(({ check, level }) => level !== "ok" && !TOLD.has(check))
    .map(({ level, message, remedy }) => ({
      kind: "finding",
      level: level === "fail" ? "bad" : "warn",
      message,
      remedy,
    }));
}
