import { keys, type Redis } from "@misskeep/redis";
import { scripts } from "./scripts.ts";
import { itemKeys } from "./item-states.ts";
import type { RunState } from "./run.ts";
import { enqueueRun } from "./run-queue.ts";

/** Which states a run can come from. `done` and `cancelled` are ends. */
const MAY_BECOME: Readonly<Record<RunState, readonly RunState[]>> = {
  running: ["paused", "stopped", "trying"],
  trying: ["running"],
  paused: ["running", "trying"],
  stopped: ["trying"],
  cancelled: ["running", "trying", "paused", "stopped"],
  // `trying` with nothing left: of two workers that executed it the other one dealt with the rest.
  done: ["running", "trying"],
};

/** An ended run and what became of each of its jobs is kept for so long, ms. */
export const RUN_KEPT_MS = 14 * 24 * 3_600_000;
/** Its keys expire a day after `purgeRuns` should have unlinked them: to expire 100,000 jobs at once blocks Redis. */
const EXPIRES_AFTER_MS = RUN_KEPT_MS + 24 * 3_600_000;

export interface RunChange {
  readonly to: RunState;
  readonly why?: string;
  /** What becomes of its guard. */
  readonly guard?: "passed" | "off";
}

/** @returns whether the state changed, and which it is; undefined if there is no such run */
export async function changeState(
  redis: Redis,
  processor: string,
  id: string,
  { to, why = "", guard }: RunChange,
  from: readonly RunState[] = MAY_BECOME[to],
): Promise<{ readonly changed: boolean; readonly state: RunState } | undefined> {
  const end = to === "done" || to === "cancelled";
  const [changed, state] = (await scripts.changeState.run(
    redis,
    [keys.activeRun(processor), keys.run(processor, id), ...itemKeys(processor, id)],
    [id, to, why, guard ?? "", end ? "1" : "0", EXPIRES_AFTER_MS, ...from],
  )) as [number, RunState | ""];
  return state === "" ? undefined : { changed: changed === 1, state };
}

type Changed = Awaited<ReturnType<typeof changeState>>;

/** Makes a run wait for a person. What it has replayed or added goes on. */
export function pauseRun(redis: Redis, processor: string, id: string, why: string): Promise<Changed> {
  return changeState(redis, processor, id, { to: "paused", why });
}

/** Lets a paused run go on; one that its guard stopped goes on without the guard. */
export async function resumeRun(redis: Redis, processor: string, id: string): Promise<Changed> {
  const stopped = await changeState(redis, processor, id, { to: "running", guard: "off" }, ["stopped"]);
  const resumed = stopped?.changed
    ? stopped
    : await changeState(redis, processor, id, { to: "running" }, ["paused"]);
  if (resumed?.changed) await enqueueRun(redis, { processor, run: id });
  return resumed;
}

/** Ends a run. What it has replayed or added goes on; what it had still before it stays as it is. */
export function cancelRun(redis: Redis, processor: string, id: string, why: string): Promise<Changed> {
  return changeState(redis, processor, id, { to: "cancelled", why });
}
