import { setTimeout as sleep } from "node:timers/promises";
import {
  ensureGroup,
  handBack,
  hasUnread,
  heldEntries,
  lastEntryId,
  readBatch,
  reclaimOne,
  removeConsumer,
  toStreamId,
  waitForEntryAfter,
} from "@misskeep/inbox";
import type { Log } from "@misskeep/processor";
import { keys, type Redis } from "@misskeep/redis";
import { dispatch, type Dispatched, type HeldBatch } from "./dispatch.ts";
import { watchIdle } from "./idle-watch.ts";
import type { RestartOptions } from "./keep-consumer.ts";
import { orAborted } from "./or-aborted.ts";
import { BLOCK_S } from "./patient-worker.ts";
import type { Queues } from "./queues.ts";

export interface DispatcherOptions extends RestartOptions {
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
  /** How long it waits for a new entry before it looks by itself, ms. @default 1,000 */
  readonly waitMs?: number;
}

const BATCH = { entries: 256, bytes: 4 * 1024 * 1024 };
/** As long as workers wait for a job, for the same reason. */
const WAIT_MS = BLOCK_S * 1_000;
/** No processor has such a name. */
const NAME = "(dispatcher)";
/** A turn of its loop may add a batch, which is dropped when it is held for 30 s, and wait for Redis besides. */
const STUCK_AFTER_MS = 60_000;
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
  const { redis, queues, consumer, log } = options;
  let { blocking } = options;
  /** To be handed back. */
  const owed = new Set<string>();
  /** Being dispatched. */
  const held = new Set<string>();
  /** A read failed, or was asked again after its connection was lost: Redis may have given us entries all the same. */
  let unsure = false;
  /** Ends the pause before entries are handed back. */
  let hurry = new AbortController();
  const onReconnected = (): void => {
    unsure = true;
    hurry.abort();
  };
  redis.on("ready", onReconnected);
  const now = (): number => performance.now();
  /** When the loop last began a turn. */
  let turnedAt = now();

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
      // Before it is asked: what is lost meanwhile is asked for the next time.
      unsure = false;
      // A read of the other loop's that is under way may be handed back with the lost one: it is then dispatched
      // twice, to the same job.
      const given = await reading(() => heldEntries(redis, consumer));
      for (const id of given) if (!held.has(id)) owed.add(id);
    }
    const ids = [...owed];
    await handBack(redis, consumer, ids);
    for (const id of ids) owed.delete(id);
  };

  const waitForMore = (after: string, signal: AbortSignal): Promise<void> =>
    // Of a connection that was about to reconnect, ioredis never ends the commands.
    orAborted(() => waitForEntryAfter(blocking, after, options.waitMs ?? WAIT_MS), signal);

  const readNew = async (signal: AbortSignal): Promise<void> => {
    let after: string | undefined;
    while (!signal.aborted) {
      turnedAt = now();
      const heldSince = now();
      const { entries, subscriptions } = await reading(() => readBatch(redis, consumer, BATCH));
      const last = entries.at(-1);
      if (last) {
        // Known without a look, and at most too early: others may have been given what came since.
        after = toStreamId(last.id);
        await settle({ entries, subscriptions, heldSince });
      } else if (after === undefined) {
        // Looked up before the read that finds nothing, so that no entry slips in between unseen.
        after = await lastEntryId(redis);
      } else if (subscriptions.size === 0) {
        await sleep(AFTER_ERROR_MS, undefined, { signal });
      } else {
        await waitForMore(after, signal);
        after = undefined;
      }
    }
  };

  const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
    await sleep(ms, undefined, { signal: AbortSignal.any([signal, hurry.signal]) }).catch(() => undefined);
    hurry = new AbortController();
  };
  const reclaim = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const heldSince = now();
      await payBack();
      const taken = await reading(() => reclaimOne(redis, consumer, options.reclaimAfterMs));
      if (taken?.entry === undefined) {
        if (!taken) await pause(options.reclaimEveryMs ?? 5_000, signal);
        continue;
      }
      const { entry, deliveries, subscriptions } = taken;
      log.warn({ eventId: entry.id, deliveries }, "took over an event whose dispatcher stopped");
      const stops = deliveries > MAX_DELIVERIES;
      const reason = `It stopped its dispatcher ${MAX_DELIVERIES - 1} times.`;
      await settle({ entries: [entry], subscriptions, heldSince, ...(stops ? { quarantine: reason } : {}) });
    }
  };

  const begin = (): { stop(): Promise<unknown> } => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const onFailure = (): void => void (turnedAt = now());
    const loops = [readNew, reclaim].map((loop) =>
      keepRunning(() => loop(signal), { redis, log, signal, onFailure }),
    );
    return {
      stop() {
        stopping.abort();
        return Promise.all(loops);
      },
    };
  };
  let running = begin();
  const { stuckAfterMs = STUCK_AFTER_MS } = options;
  const stopWatching = watchIdle({
    isWorkDue: async () => (await redis.hlen(keys.subscriptions)) > 0 && (await hasUnread(redis)),
    lastActive: () => turnedAt,
    onStuck() {
      log.error({ consumer: NAME }, "a consumer sat idle with work waiting; it is replaced");
      options.onRestart?.(NAME);
      // It may never end; nothing waits for it. What it still gets, it dispatches.
      void running.stop();
      blocking.disconnect();
      blocking = blocking.duplicate();
      blocking.on("error", () => undefined);
      running = begin();
    },
    onError: (err) => log.debug({ err }, "the look at the consumer failed"),
    now,
    stuckAfterMs,
  });
  return async () => {
    stopWatching();
    redis.off("ready", onReconnected);
    blocking.disconnect();
    await running.stop();
    await payBack().catch(() => undefined);
    await removeConsumer(redis, consumer).catch(() => false);
  };
}

/** Runs a loop again after each error, until the signal. */
async function keepRunning(
  loop: () => Promise<void>,
  {
    redis,
    log,
    signal,
    onFailure,
  }: {
    readonly redis: Redis;
    readonly log: Log;
    readonly signal: AbortSignal;
    readonly onFailure: () => void;
  },
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
      onFailure();
      if (!failing) log.error({ err: error }, "the dispatcher cannot go on; it tries again every second");
      failing = true;
      await sleep(AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
