import { QUARANTINE } from "@misskeep/processor";
import { findActiveRun, findBacklog, findPause, listWorkers, type RunScope } from "@misskeep/queue";
import { keys, redisTime } from "@misskeep/redis";
import type { Context } from "../context.ts";
import { requireProcessor } from "../find-processors.ts";
import { countBackfill } from "./count-backfill.ts";
import { countElsewhere } from "./count-elsewhere.ts";
import { countLetters } from "./count-letters.ts";
import type { RunPlan } from "./run.ts";
import { processorOf, requireScope } from "./scope.ts";

/**
 * Counts what a run would do, before anything is done.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`, `INVALID_RUN`, `INVALID_FILTER`
 */
export async function planRun(context: Context, scope: RunScope): Promise<RunPlan> {
  const processor = processorOf(scope);
  requireScope(scope);
  await requireProcessor(context, processor);
  const until = await untilOf(context, scope);
  const { ids, ...census } =
    scope.kind === "backfill"
      ? await countBackfill(context, scope, until)
      : await countLetters(context, scope, until);
  const [handledElsewhere, target, activeRun] = await Promise.all([
    countElsewhere(context, processor, ids),
    findTarget(context, processor),
    findActiveRun(context.redis, processor),
  ]);
  return { scope, processor, ...census, handledElsewhere, until, target, activeRun: activeRun ?? null };
}

/** What is there now is meant, and nothing that comes later. */
async function untilOf({ redis }: Context, scope: RunScope): Promise<number> {
  if (scope.kind === "backfill") return redisTime(redis);
  const processor = processorOf(scope);
  const set =
    scope.kind !== "recover"
      ? keys.queue(processor, "failed")
      : scope.discardRun === undefined
        ? keys.discarded(processor)
        : keys.runItems(processor, scope.discardRun, "discarded");
  const [, newest] = await redis.zrevrange(set, 0, 0, "WITHSCORES");
  return Number(newest ?? 0);
}

async function findTarget({ redis, queues }: Context, processor: string): Promise<RunPlan["target"]> {
  const [workers, backlog, pause] = await Promise.all([
    listWorkers(redis),
    findBacklog(queues, processor),
    findPause(redis, queues, processor),
  ]);
  const running = workers.filter(
    ({ live, processors }) => live && (processor === QUARANTINE || processors.includes(processor)),
  );
  return { workers: running.length, paused: pause !== undefined, waiting: backlog.waiting };
}
