import { keys, type Redis } from "@misskeep/redis";
import { derivedKeys } from "./dead-index/index-keys.ts";

/** What a processor's jobs take of Redis' memory, bytes; estimated from samples. */
export interface JobMemory {
  /** Waiting, or waiting for their next attempt. */
  readonly waiting: number;
  /** Ended well. */
  readonly ended: number;
  /** With their index. */
  readonly dead: number;
  readonly discarded: number;
  /** How many there are of all these. */
  readonly jobs: number;
}

/** Letters are in about so many of the index's sorted sets, each about as large as the one by attempts. */
const SETS_PER_LETTER = 6;

/** Looks at a few jobs of each state; every call is cheap however many there are. */
export async function measureJobs(redis: Redis, processor: string): Promise<JobMemory> {
  const key = (name: string): string => keys.queue(processor, name);
  const [wait, delayed, completed, failed, put, letters, byAttempts] = await Promise.all([
    measureList(redis, processor, key("wait")),
    measureSet(redis, processor, key("delayed")),
    measureSet(redis, processor, key("completed")),
    measureSet(redis, processor, key("failed")),
    measureSet(redis, processor, keys.discarded(processor)),
    usage(redis, derivedKeys.letters(processor)),
    usage(redis, derivedKeys.byAttempts(processor)),
  ]);
  return {
    waiting: wait.bytes + delayed.bytes,
    ended: completed.bytes,
    dead: failed.bytes + letters + SETS_PER_LETTER * byAttempts,
    discarded: put.bytes,
    jobs: wait.jobs + delayed.jobs + completed.jobs + failed.jobs + put.jobs,
  };
}

interface Measured {
  readonly jobs: number;
  readonly bytes: number;
}

async function measureSet(redis: Redis, processor: string, key: string): Promise<Measured> {
  const jobs = await redis.zcard(key);
  const ids = await Promise.all(spread(jobs).map((index) => redis.zrange(key, index, String(index))));
  return measure(redis, processor, key, jobs, ids.flat());
}

async function measureList(redis: Redis, processor: string, key: string): Promise<Measured> {
  const jobs = await redis.llen(key);
  const ids = await Promise.all(spread(jobs).map((index) => redis.lrange(key, index, index)));
  return measure(redis, processor, key, jobs, ids.flat());
}

async function measure(
  redis: Redis,
  processor: string,
  key: string,
  jobs: number,
  ids: readonly string[],
): Promise<Measured> {
  if (jobs === 0) return { jobs: 0, bytes: 0 };
  // 0: all fields, of which a job has few, and one is far larger than the others.
  const sizes = await Promise.all(ids.map((id) => usage(redis, keys.queue(processor, id), 0)));
  const there = sizes.filter((size) => size > 0);
  const mean = there.reduce((sum, size) => sum + size, 0) / Math.max(there.length, 1);
  return { jobs, bytes: Math.round(mean * jobs + (await usage(redis, key))) };
}

/** The positions of a few jobs, from the first to the last. */
function spread(count: number): readonly number[] {
  const positions = Array.from({ length: SAMPLES }, (_, index) =>
    Math.round((index * (count - 1)) / (SAMPLES - 1)),
  );
  return count === 0 ? [] : [...new Set(positions)];
}

const SAMPLES = 8;

/** @returns 0 for a key that is not there */
async function usage(redis: Redis, key: string, samples = 5): Promise<number> {
  return (await redis.memory("USAGE", key, "SAMPLES", String(samples))) ?? 0;
}
