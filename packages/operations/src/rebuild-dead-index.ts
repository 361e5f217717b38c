import { deadIndexSize, reconcileDeadIndex } from "@misskeep/queue";
import { keys } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import { findProcessors, requireProcessor } from "./find-processors.ts";

export interface RebuiltIndex {
  readonly processor: string;
  readonly letters: number;
  readonly groups: number;
}

/**
 * Drops the index of dead letters and builds it anew from the dead letters themselves. What people said of groups
 * stays. Filters find too little meanwhile; lists without one are not affected.
 *
 * @param options.processor @default all
 * @param options.onProgress told after each chunk how many of how many letters are indexed
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function rebuildDeadIndex(
  context: Context,
  options: {
    readonly processor?: string | undefined;
    readonly onProgress?: (progress: {
      readonly processor: string;
      readonly done: number;
      readonly total: number;
    }) => void;
  },
  actor: Actor,
): Promise<readonly RebuiltIndex[]> {
  const { processor, onProgress = () => {} } = options;
  const { redis } = context;
  if (processor !== undefined) await requireProcessor(context, processor);
  const names = processor === undefined ? [...(await findProcessors(context)).keys()] : [processor];
  await recordAudit(context, actor, { what: "rebuild-index", target: processor ?? "all processors" });
  const rebuilt: RebuiltIndex[] = [];
  for (const name of names) {
    const total = await redis.zcard(keys.queue(name, "failed"));
    await reconcileDeadIndex(redis, name, {
      force: true,
      onProgress: (done) => onProgress({ processor: name, done, total }),
    });
    rebuilt.push({ processor: name, ...(await deadIndexSize(redis, name)) });
  }
  return rebuilt;
}
