import { performance } from "node:perf_hooks";
import type { Log } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { STUCK_AFTER_MS, watchIdle } from "./idle-watch.ts";
import { isJobDue } from "./job-due.ts";
import type { PatientWorker } from "./patient-worker.ts";

/** What is told of consumers that were replaced. */
export interface RestartOptions {
  /** A consumer sat idle with work waiting, and was replaced: a processor's name, `(runs)` or `(dispatcher)`. */
  readonly onRestart?: ((consumer: string) => void) | undefined;
  /** How long one may sit idle with work waiting, ms. @default 30,000 */
  readonly stuckAfterMs?: number | undefined;
}

export interface KeepConsumerOptions extends RestartOptions {
  /** As it is told to people. */
  readonly name: string;
  readonly redis: Redis;
  /** Names a key of its queue. */
  readonly key: (name: string) => string;
  readonly concurrency: number;
  /** How many jobs it runs now. */
  running(): number;
  /** When a job last ended; monotonic, ms. */
  endedAt(): number;
  readonly log: Log;
}

export interface KeptConsumer<Consumer> {
  /** The one that is at work; others were replaced. */
  current(): Consumer;
  /** Watches no more. The consumer is the caller's to close. */
  stop(): void;
}

/**
 * Keeps one of BullMQ's workers at work: one that sits idle with work waiting is replaced.
 *
 * @param consume starts one. What it gets after it was replaced it has to hand back: nobody renews its locks
 */
export function keepConsumer<Data, Result, Name extends string>(
  consume: () => PatientWorker<Data, Result, Name>,
  options: KeepConsumerOptions,
): KeptConsumer<PatientWorker<Data, Result, Name>> {
  const { name, redis, key, concurrency, log, stuckAfterMs = STUCK_AFTER_MS } = options;
  let consumer = consume();
  const stop = watchIdle({
    isWorkDue: () => isJobDue(redis, key, stuckAfterMs),
    lastActive: () =>
      options.running() >= concurrency ? Infinity : Math.max(options.endedAt(), consumer.answeredAt),
    onStuck() {
      log.error({ consumer: name }, "a consumer sat idle with work waiting; it is replaced");
      options.onRestart?.(name);
      const stuck = consumer;
      consumer = consume();
      // It may never end; nothing waits for it. What it runs it goes on renewing the locks of.
      stuck
        .close(options.running() === 0)
        .catch((err: unknown) => log.warn({ err }, "a consumer that was replaced does not close"));
    },
    onError: (err) => log.debug({ err }, "the look at the consumer failed"),
    now: () => performance.now(),
    stuckAfterMs,
  });
  return { current: () => consumer, stop };
}
