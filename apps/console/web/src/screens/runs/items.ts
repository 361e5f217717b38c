import type { RunItem, RunItemState } from "../../api/types.ts";
import type { Tone } from "../../components/StateBadge.tsx";
import { letterPath } from "../dead/letter-path.ts";

/** In the order in which they are worth a look. */
export const itemStates = [
  "dead",
  "failing",
  "running",
  "handled",
  "ignored",
  "discarded",
  "recovered",
  "skipped",
] as const satisfies readonly RunItemState[];

export const itemTones: Readonly<Record<RunItemState, Tone>> = {
  dead: "bad",
  failing: "warn",
  running: "busy",
  handled: "good",
  ignored: "calm",
  discarded: "calm",
  recovered: "warn",
  skipped: "calm",
};

/** Where a job of a run can be looked at: a dead letter on its page, any other on its event's. */
export function itemPath(processor: string, { id, state }: Pick<RunItem, "id" | "state">): string {
  if (state === "dead" || state === "recovered") return letterPath(processor, id);
  return `/events/${encodeURIComponent(eventIdOf(id))}`;
}

/** A job of a backfill or an edited replay carries its run after a `~`. */
export function eventIdOf(jobId: string): string {
  return jobId.split("~", 1)[0] ?? jobId;
}
