import type { RunGuard, RunPlan, RunRequest } from "../../api/types.ts";

/** What a person fills in before a run starts. */
export interface RunDraft {
  readonly name: string;
  /** Jobs a second; null: as fast as workers keep up. */
  readonly rate: number | null;
  readonly guard: RunGuard | null;
  readonly why: string;
  /** The number, typed in for a run that discards. */
  readonly typed: string;
}

/** From so many on a trial of the first ones is proposed. */
const GUARD_FROM = 50;
const TRIAL = 20;
const MAX_FAILED = 20;

/** The guard that is proposed: so many first, and so many percent of them may fail. */
export function trialOf(total: number): RunGuard {
  return { first: Math.min(TRIAL, total), maxFailed: MAX_FAILED };
}

export function firstDraft({ scope, total }: RunPlan, name: string): RunDraft {
  const tries = (scope.kind === "replay" || scope.kind === "backfill") && total >= GUARD_FROM;
  return {
    name,
    rate: null,
    guard: tries ? trialOf(total) : null,
    why: "",
    typed: "",
  };
}

/** What is missing or wrong. */
export function checkDraft(
  { scope, total }: RunPlan,
  draft: RunDraft,
): ReadonlySet<"name" | "why" | "count"> {
  const wrong = new Set<"name" | "why" | "count">();
  if (draft.name.trim() === "") wrong.add("name");
  if (scope.kind === "discard") {
    if (draft.why.trim() === "") wrong.add("why");
    if (draft.typed.replaceAll(/[^0-9]/g, "") !== String(total)) wrong.add("count");
  }
  return wrong;
}

export function toRequest({ scope, until, total }: RunPlan, { name, rate, guard }: RunDraft): RunRequest {
  return { scope, name: name.trim(), until, total, ratePerSecond: rate, guard };
}
