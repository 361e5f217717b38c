import { findPause, type Pause, pauseProcessor as pause } from "@misskeep/queue";
import { redisTime } from "@misskeep/redis";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import { requireProcessor } from "./find-processors.ts";

export interface PausedProcessor {
  readonly processor: string;
  /** Why it is paused now. */
  readonly pause: Pause;
  /** It was paused before; that reason stays. */
  readonly already: boolean;
}

/**
 * Pauses a processor in all replicas. Its events go on being accepted and dispatched, and wait.
 *
 * @throws OperationError `PROCESSOR_NOT_FOUND`
 */
export async function pauseProcessor(
  context: Context,
  processor: string,
  actor: Actor,
): Promise<PausedProcessor> {
  await requireProcessor(context, processor);
  const { redis, queues } = context;
  const before = await findPause(redis, queues, processor);
  if (before) return { processor, pause: before, already: true };
  await recordAudit(context, actor, { what: "pause-processor", target: processor });
  const { by, why } = actor;
  const now = { by, why, at: await redisTime(redis) };
  await pause(redis, queues, processor, now);
  return { processor, pause: now, already: false };
}
