import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { AuditAction } from "./audit-entry.ts";
import type { Context } from "./context.ts";
import { requireProcessor } from "./find-processors.ts";
import { inTurn } from "./in-turn.ts";

const AT_ONCE = 20;

/**
 * Does something to some letters of a processor, each once, after it is written down.
 *
 * @param act does it to one. @returns false if the letter is no longer what it is about
 * @returns the ids of those that it was done to, and of the others
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function forSomeLetters(
  context: Context,
  processor: string,
  ids: readonly string[],
  { actor, what }: { readonly actor: Actor; readonly what: AuditAction },
  act: (id: string) => Promise<boolean>,
): Promise<readonly [done: readonly string[], not: readonly string[]]> {
  await requireProcessor(context, processor);
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [[], []];
  await recordAudit(context, actor, {
    what,
    target: unique.length === 1 ? `${processor}/${unique[0]}` : processor,
    ...(unique.length === 1 ? {} : { filter: { ids: unique } }),
    count: unique.length,
  });
  const done = await inTurn(unique, AT_ONCE, act);
  return [unique.filter((_, i) => done[i]), unique.filter((_, i) => !done[i])];
}
