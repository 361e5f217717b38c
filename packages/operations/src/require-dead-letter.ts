import { type DeadLetter, findDeadLetter } from "@misskeep/queue";
import type { Context } from "./context.ts";
import { OperationError } from "./errors.ts";
import { requireProcessor } from "./find-processors.ts";

/** @throws OperationError `PROCESSOR_NOT_FOUND`, `DEAD_LETTER_NOT_FOUND` */
export async function requireDeadLetter(
  context: Context,
  processor: string,
  id: string,
): Promise<DeadLetter> {
  await requireProcessor(context, processor);
  const letter = await findDeadLetter(context.redis, context.queues, processor, id);
  if (!letter) throw deadLetterNotFound(processor, id);
  return letter;
}

export function deadLetterNotFound(processor: string, id: string): OperationError {
  return new OperationError(
    "DEAD_LETTER_NOT_FOUND",
    `${processor} has no dead letter ${id.slice(0, 64)}: it never died, or it was replayed or discarded.`,
  );
}
