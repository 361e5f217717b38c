import { setTimeout as sleep } from "node:timers/promises";
import {
  ensureGroup,
  handBack,
  heldEntries,
  lastEntryId,
  readBatch,
  reclaimOne,
  removeConsumer,
  waitForEntryAfter,
} from "@misskeep/inbox";
import type { Log } from "@misskeep/processor";
import type { Redis } from "@misskeep/redis";
import { dispatch, type Dispatched, type HeldBatch } from "./dispatch.ts";
import { orAborted } from "./or-aborted.ts";
import type { Queues } from "./queues.ts";

export interface DispatcherOptions {
  /** A connection of role `command`. */
  readonly redis: Redis;
  /** A connection of its own, of role `worker`, that may stand still. */
  readonly blocking: Redis;
  readonly queues: Queues;
  /** This dispatcher's own name in the consumer group. */
  readonly consumer: string;
  readonly log: Log;
  readonly onDispatched: (dispatched: Dispatched) => void;
  /** How long an entry must be held before it is taken over, ms. @default 60,000 */
  readonly reclaimAfterMs?: number;
  /** @default 5,000 */
  readonly reclaimEveryMs?: number;
  /** How long it waits for a new entry before it looks by itself, ms. @default 5,000 */
  readonly waitMs?: number;
}

const BATCH = { entries: 256, bytes: 4 * 1024 * 1024 };
const WAIT_MS = 5_000;
const AFTER_ERROR_MS = 1_000;
/** Given once in a batch and three times alone: whoever takes it next would stop too. */
const MAX_DELIVERIES = 4;

/**
 * The loop that turns the inbox's events into jobs. Any number may run at once; each holds what it reads
 * until its jobs are in. What a crashed one held is taken over, one by one.
 *
 * @returns a function that stops: it finishes what it is adding and hands the rest back
 */
export function startDispatcher(options: DispatcherOptions): () => Promise<void> {
  const { redis, blocking, queues, consumer, log } = options;
  const stopping = new AbortController();
  /** To be handed back. */
  const owed = new Set<string>();
  /** Being dispatched. */
  const held = new Set<string>();
  /** A read failed: Redis may have given us entries all the same. */
  let unsure = false;
  const now = (): number => performance.now();

  const settle = async (batch: HeldBatch): Promise<void> => {
    const ids = batch.entries.map((entry) => entry.id);
    for (const id of ids) held.add(id);
    try {
      options.onDispatched(await dispatch({ redis, queues, now }, batch));
    } catch (error) {
      // Not the entries' fault: they go back uncounted, as soon as Redis takes that.
      for (const id of ids) owed.add(id);
      throw error;
    } finally {
      for (const id of ids) held.delete(id);
    }
  };
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      unsure = true;
      throw error;
    }
  };
  const payBack = async (): Promise<void> => {
    if (unsure) {
      // A read of the other loop's that is under way may be handed back with the lost one: it is then dispatched
      // twice, to the same job.
      for (const id of await heldEntries(redis, consumer)) if (!held.has(id)) owed.add(id);
      unsure = false;
    }
    const ids = [...owed];
    await handBack(redis, consumer, ids);
    for (const id of ids) owed.delete(id);
  };

  const waitForMore = async (after: string): Promise<void> => {
    const waitMs = options.waitMs ?? WAIT_MS;
    // A connection whose other end is gone without a word would never answer: it is replaced.
    const watchdog = setInterval(() => {
      if (blocking.status === "ready") blocking.disconnect(true);
    }, waitMs * 2);
    try {
      // Of a connection that was about to reconnect, ioredis never ends the commands.
      await orAborted(() => waitForEntryAfter(blocking, after, waitMs), stopping.signal);
    } finally {
      clearInterval(watchdog);
    }
  };

  const readNew = async (): Promise<void> => {
    let after: string | undefined;
    while (!stopping.signal.aborted) {
      const heldSince = now();
      const { entries, subscriptions } = await reading(() => readBatch(redis, consumer, BATCH));
      if (entries.length > 0) {
        after = undefined;
        await settle({ entries, subscriptions, heldSince });
      } else if (after === undefined) {
        // Looked up before the read that finds nothing, so that no entry slips in between unseen.
        after = await lastEntryId(redis);
      } else if (subscriptions.size === 0) {
        await sleep(AFTER_ERROR_MS, undefined, { signal: stopping.signal });
      } else {
        await waitForMore(after);
        after = undefined;
      }
    }
  };

  const reclaim = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const heldSince = now();
      await payBack();
      const taken = await reading(() => reclaimOne(redis, consumer, options.reclaimAfterMs));
      if (taken?.entry === undefined) {
        if (!taken) await sleep(options.reclaimEveryMs ?? 5_000, undefined, { signal: stopping.signal });
        continue;
      }
      const { entry, deliveries, subscriptions } = taken;
      log.warn({ eventId: entry.id, deliveries }, "took over an event whose dispatcher stopped");
      const stops = deliveries > MAX_DELIVERIES;
      const reason = `It stopped its dispatcher ${MAX_DELIVERIES - 1} times.`;
      await settle({ entries: [entry], subscriptions, heldSince, ...(stops ? { quarantine: reason } : {}) });
    }
  };

  const loops = [readNew, reclaim].map((loop) => keepRunning(loop, { redis, log, signal: stopping.signal }));
  return async () => {
    stopping.abort();
    blocking.disconnect();
    await Promise.all(loops);
    await payBack().catch(() => undefined);
    await removeConsumer(redis, consumer).catch(() => false);
  };
}

/** Runs a loop again after each error, until the signal. */
async function keepRunning(
  loop: () => Promise<void>,
  { redis, log, signal }: { redis: Redis; log: Log; signal: AbortSignal },
): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    try {
      // Redis may have come back empty; without the group nothing can be read.
      await ensureGroup(redis);
      if (failing) log.info({}, "the dispatcher goes on");
      failing = false;
      await loop();
    } catch (error) {
      if (signal.aborted) return;
      if (!failing) log.error({ err: error }, "the dispatcher cannot go on; it tries again every second");
      failing = true;
      await sleep(AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
