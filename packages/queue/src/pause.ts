import { keys, type Redis } from "@misskeep/redis";
import type { Queues } from "./queues.ts";

/** Why a processor is paused. */
export interface Pause {
  /** A person's name, or the processor's own where it paused itself. */
  readonly by: string;
  readonly why: string;
  /** ms since 1970 */
  readonly at: number;
}

/** Pauses a processor in all replicas. Events go on being accepted and dispatched to it. */
export async function pauseProcessor(
  redis: Redis,
  queues: Queues,
  processor: string,
  pause: Pause,
): Promise<void> {
  await redis.set(keys.paused(processor), JSON.stringify(pause));
  await queues.get(processor).pause();
}

/** @returns false if it was not paused */
export async function resumeProcessor(redis: Redis, queues: Queues, processor: string): Promise<boolean> {
  const queue = queues.get(processor);
  const paused = await queue.isPaused();
  await queue.resume();
  await redis.del(keys.paused(processor));
  return paused;
}

/** @returns undefined if it is not paused */
export async function findPause(redis: Redis, queues: Queues, processor: string): Promise<Pause | undefined> {
  if (!(await queues.get(processor).isPaused())) return undefined;
  const stored = await redis.get(keys.paused(processor));
  return stored === null ? { by: "unknown", why: "", at: 0 } : (JSON.parse(stored) as Pause);
}
