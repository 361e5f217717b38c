import { keys, type Redis, redisTime } from "@misskeep/redis";
import type { Subscription } from "@misskeep/processor";
import { scripts } from "./scripts.ts";
import type { WorkerAbout, WorkerDetails, WorkerState } from "./worker-about.ts";

/** A worker that beats. */
export interface BeatingWorker {
  readonly id: string;
  /** ms since 1970 */
  readonly startedAt: number;
  readonly about: WorkerAbout;
  /** Asked at each beat. */
  readonly state?: (() => WorkerState) | undefined;
  /** Told once, and again only where Redis has forgotten it: it is the larger part. */
  readonly details?: WorkerDetails | undefined;
}

export interface WorkerRecord {
  readonly id: string;
  /** ms since 1970 */
  readonly startedAt: number;
  /** ms since 1970, by Redis' clock */
  readonly seenAt: number;
  /** When it signed off, ms since 1970, by Redis' clock; null where it lives, or was cut off. */
  readonly stoppedAt: number | null;
  /** How far its clock is ahead of Redis', ms, less what its last beat took to arrive; null where it did not say. */
  readonly clockAheadMs: number | null;
  readonly about: WorkerAbout &
    Omit<WorkerState, "at" | "rssBytes"> &
    WorkerDetails & {
      readonly rssBytes: number | null;
    };
  readonly processors: readonly string[];
  /** Whether its heartbeat is recent. */
  readonly live: boolean;
}

const BEAT_EVERY_MS = 5_000;
/** A worker that is silent for so long no longer counts. */
const LIVE_FOR_MS = 15_000;
const REMEMBERED_FOR_MS = 24 * 3_600_000;
/** Long enough to see what a deployment replaced. */
const STOPPED_REMEMBERED_FOR_MS = 3_600_000;

/** Registers a worker and its processors' subscriptions once. See heartbeat.lua. */
export async function beat(
  redis: Redis,
  worker: BeatingWorker,
  processors: ReadonlyMap<string, Subscription>,
): Promise<void> {
  const { id, startedAt, about, state, details } = worker;
  const wishes = [...processors].flatMap(([name, subscription]) => [name, JSON.stringify(subscription)]);
  const [, isKnown] = (await scripts.heartbeat.run(
    redis,
    [keys.workers, keys.subscriptions, keys.removed, keys.workerDetails],
    [
      id,
      JSON.stringify({ ...about, ...state?.() }),
      LIVE_FOR_MS,
      REMEMBERED_FOR_MS,
      startedAt,
      STOPPED_REMEMBERED_FOR_MS,
      ...wishes,
    ],
  )) as [number, 0 | 1];
  if (details !== undefined && isKnown === 0)
    await scripts.describeWorker.run(redis, [keys.workerDetails], [id, JSON.stringify(details)]);
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
  worker: BeatingWorker,
  processors: ReadonlyMap<string, Subscription>,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  await beat(redis, worker, processors);
  const timer = setInterval(() => void beat(redis, worker, processors).catch(onError), BEAT_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await scripts.signOff.run(redis, [keys.workers], [worker.id]);
  };
}

/** Every worker heard of within a day, and those that signed off within an hour. */
export async function listWorkers(redis: Redis): Promise<readonly WorkerRecord[]> {
  const [stored, details, now] = await Promise.all([
    redis.hgetall(keys.workers),
    redis.hgetall(keys.workerDetails),
    redisTime(redis),
  ]);
  return Object.entries(stored).map(([id, text]) => toRecord(id, text, details[id], now));
}

function toRecord(id: string, stored: string, details: string | undefined, now: number): WorkerRecord {
  const worker = JSON.parse(stored) as {
    seenAt: number;
    startedAt: number;
    stoppedAt?: number;
    about: WorkerAbout & Partial<WorkerState>;
    processors: Record<string, string>;
  };
  const { seenAt, startedAt, stoppedAt = null, processors } = worker;
  const { at, rssBytes = null, running = [], ...about } = worker.about;
  const { off, rules } = details === undefined ? NOTHING_SAID : (JSON.parse(details) as WorkerDetails);
  return {
    id,
    startedAt,
    seenAt,
    stoppedAt,
    clockAheadMs: at === undefined ? null : at - seenAt,
    about: { ...about, rssBytes, running, off, rules },
    processors: Object.keys(processors),
    live: stoppedAt === null && seenAt >= now - LIVE_FOR_MS,
  };
}

const NOTHING_SAID: WorkerDetails = { off: [], rules: {} };
