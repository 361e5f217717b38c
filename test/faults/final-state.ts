/** What the system itself says at the end, read straight from Redis. */
import { createHash } from "node:crypto";
import { inboxState } from "@misskeep/inbox";
import { DISPATCHERS, keys, type Redis } from "@misskeep/redis";

export type JobEnd = "completed" | "failed" | "discarded" | "unfinished";

export interface FinalJob {
  /** The event's id. */
  readonly id: string;
  readonly processor: string;
  readonly end: JobEnd;
  /** SHA-256 of the raw body that it carries, hex. */
  readonly digest: string;
  readonly outcome: { readonly type: string; readonly error?: { readonly code?: string } } | undefined;
}

export interface FinalState {
  readonly jobs: readonly FinalJob[];
  /** What is not as it should be when nothing is left to do, in words. */
  readonly stuck: readonly string[];
}

const PAGE = 200;

export async function readFinalState(redis: Redis, processors: readonly string[]): Promise<FinalState> {
  const jobs: FinalJob[] = [];
  for (const processor of processors) jobs.push(...(await readJobs(redis, processor)));
  return { jobs, stuck: await findStuck(redis, processors) };
}

async function readJobs(redis: Redis, processor: string): Promise<readonly FinalJob[]> {
  const found: FinalJob[] = [];
  const sets: readonly (readonly [end: JobEnd, key: string])[] = [
    ["completed", keys.queue(processor, "completed")],
    ["failed", keys.queue(processor, "failed")],
    ["discarded", keys.discarded(processor)],
    ["unfinished", keys.queue(processor, "delayed")],
    ["unfinished", keys.queue(processor, "prioritized")],
  ];
  for (const [end, key] of sets)
    for (let at = 0; ; at += PAGE) {
      const ids = await redis.zrange(key, at, String(at + PAGE - 1));
      found.push(...(await Promise.all(ids.map((id) => readJob(redis, processor, id, end)))));
      if (ids.length < PAGE) break;
    }
  for (const list of ["wait", "active"])
    for (const id of await redis.lrange(keys.queue(processor, list), 0, 9_999))
      found.push(await readJob(redis, processor, id, "unfinished"));
  return found;
}

async function readJob(redis: Redis, processor: string, id: string, end: JobEnd): Promise<FinalJob> {
  const [data, outcome] = await redis.hmget(keys.queue(processor, id), "data", "mk:outcome");
  return {
    id,
    processor,
    end,
    digest: createHash("sha256")
      .update(rawBody(data ?? "{}"))
      .digest("hex"),
    outcome: outcome ? (JSON.parse(outcome) as FinalJob["outcome"]) : undefined,
  };
}

/** Read without the code that is tested. JSON that is a body lies in the job's as it came, and is the last part of it. */
function rawBody(data: string): Buffer {
  const { body, base64 = "", json } = JSON.parse(data) as { body?: string; base64?: string; json?: unknown };
  if (json !== undefined) return Buffer.from(data.replace(/^.*?,"json":/s, "").slice(0, -1), "utf8");
  return body === undefined ? Buffer.from(base64, "base64") : Buffer.from(body, "utf8");
}

/** What is still under way, or looks so. Empty once everything is done. */
export async function findStuck(redis: Redis, processors: readonly string[]): Promise<readonly string[]> {
  const stuck: string[] = [];
  const expect = (what: string, count: number): void => {
    if (count !== 0) stuck.push(`${what}: ${count}`);
  };
  const groups = (await redis.xinfo("GROUPS", keys.inbox)) as unknown[][];
  const group = groups.find((each) => field(each, "name") === DISPATCHERS) ?? [];
  expect("inbox entries that a dispatcher holds", Number(field(group, "pending")));
  // Null where Redis cannot tell; what is behind the last delivered one can still be counted.
  const last = String(field(group, "last-delivered-id"));
  const behind = (await redis.xrange(keys.inbox, `(${last}`, "+", "COUNT", 100)) as unknown[];
  expect("inbox entries not read", behind.length);
  expect("events waiting, as people are told", (await inboxState(redis)).waiting);
  for (const name of processors) {
    const key = (rest: string): string => keys.queue(name, rest);
    expect(`${name} waiting`, await redis.llen(key("wait")));
    expect(`${name} active`, await redis.llen(key("active")));
    expect(`${name} delayed`, await redis.zcard(key("delayed")));
    expect(`${name} prioritized`, await redis.zcard(key("prioritized")));
    expect(`${name} stalled`, await redis.scard(key("stalled")));
    expect(`${name} paused`, await redis.exists(keys.paused(name)));
  }
  return stuck;
}

/** Locks of jobs; SCAN takes a while, so it is asked once all else is done. */
export async function findLocks(redis: Redis, processors: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of processors) {
    const match = keys.queue(name, "*:lock").replaceAll(/[{}]/g, (brace) => `\\${brace}`);
    let cursor = "0";
    do {
      const [next, page] = await redis.scan(cursor, "MATCH", match, "COUNT", PAGE * 5);
      found.push(...page);
      cursor = next;
    } while (cursor !== "0");
  }
  return found;
}

function field(flat: readonly unknown[], name: string): unknown {
  return flat[flat.indexOf(name) + 1];
}
