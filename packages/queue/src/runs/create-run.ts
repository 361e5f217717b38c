import { keys, type Redis } from "@misskeep/redis";
import { scripts } from "./scripts.ts";
import { newRunId } from "./run-id.ts";
import { toMember } from "./run-member.ts";
import { enqueueRun } from "./run-queue.ts";
import { withoutSought } from "./sought.ts";
import type { RunAbout } from "./stored-run.ts";

export interface NewRun extends RunAbout {
  readonly processor: string;
  /** As planned. */
  readonly total: number;
}

/**
 * Creates a run and hands it to the workers. A crash after the record is written leaves a run that the workers'
 * watchdog finds.
 *
 * @returns the run's id; or that of the run which is under way for this processor, and nothing was created
 */
export async function createRun(
  redis: Redis,
  run: NewRun,
): Promise<{ readonly created: string } | { readonly active: string }> {
  const { processor, total, scope: meant, ...rest } = run;
  const { scope, sought } = withoutSought(meant);
  const about: RunAbout = { ...rest, scope };
  const id = newRunId(about.createdAt);
  const active = await scripts.create.run(
    redis,
    [keys.activeRun(processor), keys.run(processor, id)],
    [id, JSON.stringify(about), total, sought === undefined ? "" : JSON.stringify(sought)],
  );
  if (active !== "") return { active: String(active) };
  await publishRun(redis, processor, id, about.createdAt);
  return { created: id };
}

/** Lists a run that is under way and sees to it that it is executed. Doing it again changes nothing. */
export async function publishRun(
  redis: Redis,
  processor: string,
  id: string,
  createdAt: number,
): Promise<void> {
  await redis.zadd(keys.runs, "NX", createdAt, toMember(processor, id));
  await enqueueRun(redis, { processor, run: id });
}

/** @returns the id of the run that is under way for a processor */
export async function findActiveRun(redis: Redis, processor: string): Promise<string | undefined> {
  return (await redis.get(keys.activeRun(processor))) ?? undefined;
}
