/**
 * Sees a consumer that sits idle with work waiting. BullMQ's workers have had ways to do that without a word, after a
 * connection that was lost at the wrong moment; asking whether Redis answers shows nothing of it.
 *
 * | the queue | the consumer | it is |
 * |---|---|---|
 * | nothing is due | – | well |
 * | paused, or its rate limit is used up | – | well |
 * | – | runs something, or something ended lately | well |
 * | – | was refused a job lately by a full or read-only Redis | patient, and well |
 * | work is due | nothing of the above, at every look for 30 s | stuck |
 */
import { keys, type Redis, redisTime } from "@misskeep/redis";
import { SCORES_PER_MS } from "./delayed-score.ts";

export interface IdleWatchOptions {
  readonly redis: Redis;
  readonly processor: string;
  /** When the consumer last ran something or was refused a job; monotonic, ms. `Infinity` while it runs something. */
  lastActive(): number;
  onStuck(): void;
  /** Told when a look fails; Redis may be away. */
  onError(error: unknown): void;
  /** @default 30,000 */
  readonly stuckAfterMs?: number;
  /** @default 5,000 */
  readonly everyMs?: number;
  /** Monotonic, ms. */
  now(): number;
}

const STUCK_AFTER_MS = 30_000;
const EVERY_MS = 5_000;

/** @returns a function that stops */
export function watchIdle(options: IdleWatchOptions): () => void {
  const { redis, processor, stuckAfterMs = STUCK_AFTER_MS, now } = options;
  /** Since when every look has found work due. */
  let dueSince: number | undefined;
  let isLooking = false;

  const look = async (): Promise<void> => {
    if (!(await isWorkDue(redis, processor, stuckAfterMs))) {
      dueSince = undefined;
      return;
    }
    dueSince ??= now();
    if (now() - Math.max(dueSince, options.lastActive()) < stuckAfterMs) return;
    // The new one gets as long to show itself.
    dueSince = undefined;
    options.onStuck();
  };

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error: unknown) => {
        // What it did while Redis was away says nothing.
        dueSince = undefined;
        options.onError(error);
      })
      .finally(() => (isLooking = false));
  }, options.everyMs ?? EVERY_MS);
  return () => clearInterval(timer);
}

/** Whether a consumer could run something now. A few cheap reads, whatever lies in the queue. */
async function isWorkDue(redis: Redis, processor: string, lateMs: number): Promise<boolean> {
  const key = (name: string): string => keys.queue(processor, name);
  const late = ((await redisTime(redis)) - lateMs) * SCORES_PER_MS;
  const replies = await redis
    .pipeline()
    .llen(key("wait"))
    .zcard(key("prioritized"))
    // Nobody but a consumer moves them on.
    .zcount(key("delayed"), 0, late)
    .hexists(key("meta"), "paused")
    .pttl(key("limiter"))
    .exec();
  const [waiting = 0, prioritized = 0, delayed = 0, paused = 0, limited = -2] = (replies ?? []).map(
    ([error, reply]) => {
      if (error) throw error;
      return Number(reply);
    },
  );
  return waiting + prioritized + delayed > 0 && paused === 0 && limited <= 0;
}
