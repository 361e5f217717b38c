/**
 * Sees a consumer that sits idle with work waiting: a processor's, the runs', the dispatcher. BullMQ's workers and
 * ioredis have had ways to do that without a word, after a connection that was lost at the wrong moment; asking whether
 * Redis answers shows nothing of it.
 *
 * | the work | the consumer | it is |
 * |---|---|---|
 * | none is due | – | well |
 * | – | has its hands full, or something ended lately | well |
 * | – | asked for work lately, and was given some, none, or a refusal | well |
 * | is due | nothing of the above, at every look for 30 s | stuck |
 */
export interface IdleWatchOptions {
  /** Whether a consumer could do something now. Asked often: a few cheap reads. */
  isWorkDue(): Promise<boolean>;
  /** When the consumer last did something of the above; monotonic, ms. `Infinity` while its hands are full. */
  lastActive(): number;
  onStuck(): void;
  /** Told when a look fails; Redis may be away. */
  onError(error: unknown): void;
  /** @default 30,000 */
  readonly stuckAfterMs?: number | undefined;
  /** @default a sixth of that */
  readonly everyMs?: number;
  /** Monotonic, ms. */
  now(): number;
}

/** As long as a consumer may need for one turn in a Redis that is busy. */
export const STUCK_AFTER_MS = 30_000;

/** @returns a function that stops */
export function watchIdle(options: IdleWatchOptions): () => void {
  const { stuckAfterMs = STUCK_AFTER_MS, everyMs = stuckAfterMs / 6, now } = options;
  /** Since when every look has found work due. */
  let dueSince: number | undefined;
  let isLooking = false;
  let isStopped = false;

  const look = async (): Promise<void> => {
    const isDue = await options.isWorkDue();
    if (isStopped) return;
    if (!isDue) {
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
  }, everyMs);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
