import { keys } from "@misskeep/redis";
import type { RunItemState } from "./run.ts";

/** In the order in which the scripts expect the sets. */
export const ITEM_STATES = [
  "running",
  "failing",
  "handled",
  "ignored",
  "dead",
  "discarded",
  "recovered",
  "skipped",
] as const satisfies readonly RunItemState[];

/** The jobs that a run has still to deal with, by when they died, were discarded or were accepted. */
export const PLANNED = "planned";

/** The sets of a run's jobs: those that are planned, then one a state. */
export function itemKeys(processor: string, run: string): string[] {
  return [PLANNED, ...ITEM_STATES].map((state) => keys.runItems(processor, run, state));
}
