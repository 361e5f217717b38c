import { setTimeout as sleep } from "node:timers/promises";
import { findEntry } from "@misskeep/inbox";
import { keys, type Redis, redisTime } from "@misskeep/redis";
import { unindexDeadLetter } from "../dead-index/update-letters.ts";
import { discardDeadLetter, parseDiscard } from "../discard.ts";
import { eraseJob } from "../erase-job.ts";
import { eventIdOf, toJobFacts } from "../event-job.ts";
import { writeJob } from "../job-data.ts";
import type { Queues } from "../queues.ts";
import { recoverDeadLetter } from "../recover.ts";
import { itemKeys, PLANNED } from "./item-states.ts";
import { type ItemMove, moveItems } from "./move-items.ts";
import type { RunKind } from "./run.ts";
import { scripts } from "./scripts.ts";
import type { StoredRun } from "./stored-run.ts";

interface ActDeps {
  readonly redis: Redis;
  readonly queues: Queues;
}

/**
 * Deals with some of a run's planned jobs and records it. Called again after a crash at any point it does the rest:
 *
 * | kind | why nothing happens twice |
 * |---|---|
 * | replay | replayed and recorded in one script |
 * | discard, recover | a letter can only be put away, or taken back, once; whose doing it was is kept with it |
 * | backfill | the job's id names the run: adding it again adds nothing |
 *
 * @param ids of planned jobs
 */
export async function act(deps: ActDeps, run: StoredRun, ids: readonly string[]): Promise<void> {
  await HOW[run.about.kind](deps, run, ids);
}

/** How many are dealt with at once: a script of 50 replays takes Redis 0.7 ms. A backfill's come with their bodies. */
export const AT_ONCE: Readonly<Record<RunKind, number>> = {
  replay: 50,
  discard: 100,
  recover: 100,
  backfill: 20,
};

const HOW: Readonly<
  Record<RunKind, (deps: ActDeps, run: StoredRun, ids: readonly string[]) => Promise<void>>
> = {
  async replay({ redis }, { processor, id }, ids) {
    const [planned = "", running = "", ...others] = itemKeys(processor, id);
    const queue = (key: string): string => keys.queue(processor, key);
    const replayed = (await scripts.replay.run(
      redis,
      [
        keys.run(processor, id),
        planned,
        running,
        others.at(-1) ?? "",
        ...["failed", "wait", "meta", "active", "marker", "events", ...ids].map(queue),
      ],
      [Date.now(), ...ids],
    )) as string[];
    await leaveIndex(redis, processor, replayed);
  },

  async discard({ redis }, run, ids) {
    const { processor, id, about } = run;
    const note = { by: about.by, why: about.why, at: await redisTime(redis), run: id };
    // One that died again since it was planned is another letter.
    const deaths = await redis.zmscore(keys.runItems(processor, id, PLANNED), ...ids);
    const moves = ids.map(async (letter, i): Promise<ItemMove> => {
      const done =
        (await discardDeadLetter(redis, processor, letter, note, Number(deaths[i] ?? 0))) ||
        (await wasDiscardedBy(redis, processor, letter, id));
      return { id: letter, from: "planned", to: done ? "discarded" : "skipped" };
    });
    await moveItems(redis, run, await Promise.all(moves));
  },

  async recover({ redis }, run, ids) {
    const { scope } = run.about;
    const discardRun = scope.kind === "recover" ? scope.discardRun : undefined;
    const moves = ids.map(async (letter): Promise<ItemMove> => {
      const done =
        (await recoverDeadLetter(redis, run.processor, letter, discardRun)) ||
        (await redis.zscore(keys.queue(run.processor, "failed"), letter)) !== null;
      return { id: letter, from: "planned", to: done ? "recovered" : "skipped" };
    });
    await moveItems(redis, run, await Promise.all(moves));
  },

  async backfill({ redis, queues }, run, ids) {
    const entries = await Promise.all(ids.map((job) => findEntry(redis, eventIdOf(job))));
    const jobs = entries.flatMap((entry, i) =>
      entry ? [{ id: ids[i] ?? "", data: writeJob(toJobFacts(entry), entry.body) }] : [],
    );
    await queues.get(run.processor).addEvents(jobs);
    await eraseErased(redis, run.processor, ids);
    // One without an entry may have a job all the same: the run's worker died after it had added that.
    const there = await Promise.all(ids.map((id) => redis.exists(keys.queue(run.processor, id))));
    const moves = ids.map((id, i): ItemMove => ({
      id,
      from: "planned",
      to: entries[i] || there[i] === 1 ? "running" : "skipped",
    }));
    await moveItems(redis, run, moves);
  },
};

const ERASE_AGAIN_MS = 250;

/**
 * An event that was erased after it was read, and before its job was there, would have its content back. A job that
 * runs by now is waited for: nobody else would look for it.
 */
async function eraseErased(redis: Redis, processor: string, jobs: readonly string[]): Promise<void> {
  const erased = await redis.zmscore(keys.erased, ...jobs.map(eventIdOf));
  await Promise.all(
    jobs.map(async (job, i) => {
      const at = erased[i];
      if (at === null || at === undefined) return;
      while ((await eraseJob(redis, processor, job, Number(at))) === "active") await sleep(ERASE_AGAIN_MS);
    }),
  );
}

/** What Redis refuses is mended by a worker's next look at the index. */
async function leaveIndex(redis: Redis, processor: string, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => unindexDeadLetter(redis, processor, id))).catch(() => undefined);
}

/** The run's worker died after it discarded the letter and before that was recorded. */
async function wasDiscardedBy(
  redis: Redis,
  processor: string,
  letter: string,
  run: string,
): Promise<boolean> {
  const note = await redis.hget(keys.queue(processor, letter), "mk:discarded");
  return note !== null && parseDiscard(note).run === run;
}
