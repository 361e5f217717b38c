import { findBacklog, findPause, type Pause, resumeProcessor as resume } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import { requireProcessor } from "./find-processors.ts";

export interface ResumedProcessor {
  readonly processor: string;
  /** Why it was paused; null if it was not. */
  readonly was: Pause | null;
  /** How many jobs run now, one after the other. */
  readonly waiting: number;
}

/** @throws OperationError `PROCESSOR_NOT_FOUND` */
export async function resumeProcessor(
  context: Context,
  processor: string,
  actor: Actor,
): Promise<ResumedProcessor> {
  await requireProcessor(context, processor);
  const { redis, queues } = context;
  const was = await findPause(redis, queues, processor);
  await recordAudit(context, actor, { what: "resume-processor", target: processor });
  await resume(redis, queues, processor);
  const { waiting } = await findBacklog(queues, processor);
  return { processor, was: was ?? null, waiting };
}
