import { editDeadLetter } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import { checkEdit } from "./check-edit.ts";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { deadLetterNotFound } from "./require-dead-letter.ts";

export interface EditedDead {
  /** The id of the job that runs with the changed body. */
  readonly child: string;
}

/**
 * Runs a dead letter with a body that a person changed, as a job of its own that is linked to the letter. The letter
 * stays dead and as it is. The new job has an idempotency key of its own: what the letter's attempts have done may
 * be done again.
 *
 * @param body the whole delivery as JSON text, envelope included
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `DEAD_LETTER_NOT_FOUND`, `EDIT_INVALID` with what does not fit
 */
export async function editDead(
  context: Context,
  processor: string,
  id: string,
  body: string,
  actor: Actor,
): Promise<EditedDead> {
  const { ok, mismatches } = await checkEdit(context, processor, id, body);
  if (!ok) {
    const list = mismatches.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    throw new OperationError("EDIT_INVALID", `The body cannot be run. ${list.join("; ")}.`);
  }
  const { redis, queues } = context;
  await recordAudit(context, actor, { what: "edit", target: `${processor}/${id}` });
  const at = await redisTime(redis);
  const child = await editDeadLetter(redis, queues, processor, id, { body, by: actor.by, at });
  if (child === undefined) throw deadLetterNotFound(processor, id);
  return { child };
}
