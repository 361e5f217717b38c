import { keys, type Redis } from "@misskeep/redis";
import { nextMembers, type Place } from "../dead-index/walk.ts";
import type { PageOptions } from "./page-options.ts";
import type { Run } from "./run.ts";
import { createdAtOf } from "./run-id.ts";
import { readMember } from "./run-member.ts";
import { settleOpenItems } from "./settle-items.ts";
import { countItems, readRun, type StoredRun, toRun } from "./stored-run.ts";

/** So many of a run's open jobs are looked at when the run is shown, alone or in a list. */
const LOOK_AT = { alone: 500, listed: 50 } as const;
/** Runs that are looked up at once. */
const CHUNK = 50;

/** @returns undefined if there is no such run (any more) */
export async function findRun(redis: Redis, id: string): Promise<Run | undefined> {
  const run = await findStoredRun(redis, id);
  return run && show(redis, run, LOOK_AT.alone);
}

/** As `findRun`, without its counts. */
export async function findStoredRun(redis: Redis, id: string): Promise<StoredRun | undefined> {
  const createdAt = createdAtOf(id);
  if (createdAt === undefined) return undefined;
  const members = await redis.zrangebyscore(keys.runs, createdAt, createdAt);
  const found = members.map(readMember).find(({ run }) => run === id);
  return found && readRun(redis, found.processor, id);
}

export interface RunPage {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** The last one that was looked at; undefined at the end. */
  readonly next: Place | undefined;
}

/** A page of the runs, newest first. Ended ones are kept for `RUN_KEPT_MS`. */
export async function listRuns(
  redis: Redis,
  { processor, limit, before }: PageOptions & { readonly processor?: string | undefined },
): Promise<RunPage> {
  const runs: Run[] = [];
  let after = before;
  for (;;) {
    const { members, ended } = await nextMembers(redis, keys.runs, { descending: true, after, chunk: CHUNK });
    for (const member of members) {
      if (runs.length === limit) return { runs, next: after };
      after = member;
      const { processor: name, run: id } = readMember(member.id);
      if (processor !== undefined && processor !== name) continue;
      const run = await readRun(redis, name, id);
      if (run) runs.push(await show(redis, run, LOOK_AT.listed));
      else await redis.zrem(keys.runs, member.id);
    }
    if (ended) return { runs, next: undefined };
  }
}

async function show(redis: Redis, run: StoredRun, lookAt: number): Promise<Run> {
  // Nobody follows the jobs of a run that does not run.
  if (run.state !== "running" && run.state !== "trying") await settleOpenItems(redis, run, lookAt);
  return toRun(run, await countItems(redis, run.processor, run.id));
}
