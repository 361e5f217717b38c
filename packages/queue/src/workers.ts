import { keys, type Redis } from "@misskeep/redis";
import type { Subscription } from "@misskeep/processor";
import { scripts } from "./scripts.ts";

/** What a worker says of itself. */
export interface WorkerAbout {
  readonly host: string;
  readonly pid: number;
  readonly version: string;
}

export interface WorkerRecord {
  readonly id: string;
  /** ms since 1970 */
  readonly startedAt: number;
  /** ms since 1970, by Redis' clock */
  readonly seenAt: number;
  readonly about: WorkerAbout;
  readonly processors: readonly string[];
  /** Whether its heartbeat is recent. */
  readonly live: boolean;
}

const BEAT_EVERY_MS = 5_000;
/** A worker that is silent for so long no longer counts. */
const LIVE_FOR_MS = 15_000;
const REMEMBERED_FOR_MS = 24 * 3_600_000;

/** Registers a worker and its processors' subscriptions once. See heartbeat.lua. */
export async function beat(
  redis: Redis,
  worker: { readonly id: string; readonly startedAt: number; readonly about: WorkerAbout },
  processors: ReadonlyMap<string, Subscription>,
): Promise<void> {
  const wishes = [...processors].flatMap(([name, subscription]) => [name, JSON.stringify(subscription)]);
  await scripts.heartbeat.run(
    redis,
    [keys.workers, keys.subscriptions, keys.removed],
    [worker.id, JSON.stringify(worker.about), LIVE_FOR_MS, REMEMBERED_FOR_MS, worker.startedAt, ...wishes],
  );
}

/**
 * Registers a worker now and then every 5 s.
 *
 * @param onError told when a beat fails; the next one tries again
 * @returns a function that stops and signs the worker off; its subscriptions stay
 * @throws what Redis throws at the first beat
 */
export async function keepBeating(
  redis: Redis,
  worker: { readonly id: string; readonly startedAt: number; readonly about: WorkerAbout },
  processors: ReadonlyMap<string, Subscription>,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  await beat(redis, worker, processors);
  const timer = setInterval(() => void beat(redis, worker, processors).catch(onError), BEAT_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await redis.hdel(keys.workers, worker.id);
  };
}

/** Every worker heard of within a day. */
export async function listWorkers(redis: Redis): Promise<readonly WorkerRecord[]> {
  const [stored, [seconds]] = await Promise.all([redis.hgetall(keys.workers), redis.time()]);
  const now = Number(seconds) * 1_000;
  return Object.entries(stored).map(([id, text]) => {
    const worker = JSON.parse(text) as {
      seenAt: number;
      startedAt: number;
      about: WorkerAbout;
      processors: Record<string, string>;
    };
    const { seenAt, startedAt, about, processors } = worker;
    return {
      id,
      startedAt,
      seenAt,
      about,
      processors: Object.keys(processors),
      live: seenAt >= now - LIVE_FOR_MS,
    };
  });
}
