import { setTimeout as sleep } from "node:timers/promises";
import { keys, type Redis, redisTime } from "@misskeep/redis";
import type { Collector } from "./collector.ts";
import { addFigures, addSample } from "./record.ts";
import type { Sample } from "./slot.ts";
import { SPANS, startOf } from "./spans.ts";

/** Half a step of the hour: figures are added so often, and a worker that is killed takes so much of them with it. */
const EVERY_MS = 5_000;
/** After the boundary of a step, so that a timer that is early, or a clock that drifts, stays on its right side. */
const AFTER_MS = 100;
const LAST_MS = 1_000;

export interface RecorderDeps {
  /** A connection of role `command`. */
  readonly redis: Redis;
  /** This worker's id. */
  readonly worker: string;
  readonly collector: Collector;
  /** Looks how things stand; asked of one worker per step. */
  readonly sample: () => Promise<Omit<Sample, "at">>;
  /** Figures that Redis did not take are lost. */
  readonly onError: (error: Error) => void;
}

/**
 * Records figures at each boundary of a step, and between. Times are Redis', so that all workers mean the same
 * step whatever their clocks say.
 *
 * @returns a function that records once more, and stops
 */
export function startRecorder(deps: RecorderDeps): () => Promise<void> {
  const { onError } = deps;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const again = (waitMs: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = recordOnce(deps)
        .catch((error: unknown) => onError(error as Error))
        .then(() => nextIn(deps.redis))
        .then(again);
    }, waitMs);
  };
  running = nextIn(deps.redis).then(again);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    const last = running.then(() => recordOnce(deps)).catch((error: unknown) => onError(error as Error));
    // A Redis that is away must not hold up a stop for the sake of figures.
    await Promise.race([last, sleep(LAST_MS, undefined, { ref: false })]);
  };
}

/** Adds what was counted, and samples the step that has just ended if no worker has yet. */
export async function recordOnce(deps: Omit<RecorderDeps, "onError">): Promise<void> {
  const { redis, worker, collector } = deps;
  const now = await redisTime(redis);
  // Counted since the last time; half of that ago is in the step that most of it belongs to.
  await addFigures(redis, now - EVERY_MS / 2, collector.take());
  const { stepMs } = SPANS.hour;
  const current = startOf(SPANS.hour, now);
  const claim = Math.max(current + stepMs - now, 1);
  if ((await redis.set(keys.lock("series"), worker, "PX", claim, "NX")) === null) return;
  await addSample(redis, current - 1, { at: now, ...(await deps.sample()) });
}

/** ms until the next boundary; while Redis is away, by the plain interval. */
async function nextIn(redis: Redis): Promise<number> {
  try {
    const now = await redisTime(redis);
    return EVERY_MS - ((now - AFTER_MS) % EVERY_MS);
  } catch {
    return EVERY_MS;
  }
}
