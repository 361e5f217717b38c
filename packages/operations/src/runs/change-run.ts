import { cancelRun as cancel, pauseRun as pause, resumeRun as resume, type Run } from "@misskeep/queue";
import type { Actor } from "../actor.ts";
import { recordAudit } from "../audit.ts";
import type { Context } from "../context.ts";
import { OperationError } from "../errors.ts";
import { requireRun } from "./require-run.ts";
import { showRun } from "./show-run.ts";

/**
 * Makes a run wait. What it has replayed or added already goes on. One that waits already stays as it is.
 *
 * @throws OperationError `RUN_NOT_FOUND`, `RUN_ENDED`
 */
export async function pauseRun(context: Context, id: string, actor: Actor): Promise<Run> {
  const { processor } = await begin(context, id, actor, "pause-run");
  return finish(context, id, await pause(context.redis, processor, id, said(actor)));
}

/**
 * Lets a run go on that was paused, or that its guard stopped: then without the guard.
 *
 * @throws OperationError `RUN_NOT_FOUND`, `RUN_ENDED`
 */
export async function resumeRun(context: Context, id: string, actor: Actor): Promise<Run> {
  const { processor } = await begin(context, id, actor, "resume-run");
  return finish(context, id, await resume(context.redis, processor, id));
}

/**
 * Ends a run. What it has replayed or added already goes on; the rest stays as it is.
 *
 * @throws OperationError `RUN_NOT_FOUND`, `RUN_ENDED`
 */
export async function cancelRun(context: Context, id: string, actor: Actor): Promise<Run> {
  const { processor } = await begin(context, id, actor, "cancel-run");
  return finish(context, id, await cancel(context.redis, processor, id, said(actor)));
}

async function begin(
  context: Context,
  id: string,
  actor: Actor,
  what: "pause-run" | "resume-run" | "cancel-run",
): Promise<{ readonly processor: string }> {
  const { processor, state } = await requireRun(context, id);
  if (state === "done" || state === "cancelled") throw ended(id, state);
  await recordAudit(context, actor, { what, target: `${processor}/${id}` });
  return { processor };
}

/** @param result what the queue said: the run may have ended, or gone, in between */
async function finish(
  context: Context,
  id: string,
  result: { readonly changed: boolean; readonly state: Run["state"] } | undefined,
): Promise<Run> {
  if (result && !result.changed && (result.state === "done" || result.state === "cancelled"))
    throw ended(id, result.state);
  return showRun(context, id);
}

function said({ by, why }: Actor): string {
  return why === "" ? `by ${by}` : `by ${by}: ${why}`;
}

function ended(id: string, state: "done" | "cancelled"): OperationError {
  return new OperationError("RUN_ENDED", `Run ${id} has ended: it is ${state}.`);
}
