import { redisTime } from "@misskeep/redis";
import { setTimeout as sleep } from "node:timers/promises";
import { eraseEntry } from "@misskeep/inbox";
import { eraseJob, forgetQueueEvents, indexDeadLetter, kindsOfJobs, personDigest } from "@misskeep/queue";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import type { Context } from "./context.ts";
import { findContent, type Holder } from "./find-content.ts";
import { inTurn } from "./in-turn.ts";
import { type EraseTarget, matcherOf } from "./matches-target.ts";
import type { ErasePlan } from "./plan-erase.ts";
import { type DiskState, rewriteDisk } from "./rewrite-disk.ts";

/** What was erased. `waiting` is what could not be: erase once more in a while. */
export interface Erasure extends ErasePlan {
  /** Whether Redis' file on disk, too, forgets what was erased; null where nothing was, now or before. */
  readonly disk: DiskState | null;
}

export interface EraseOptions {
  /** How long to wait for what is not dispatched yet, and for jobs that run, ms. @default 10,000 */
  readonly patienceMs?: number;
}

/** What is found in the last one came while the others ran. */
const ROUNDS = 3;
const AGAIN_MS = 250;
const AT_ONCE = 20;

/**
 * Erases a person's or a note's content from the inbox and from jobs in every state. Event ids, idempotency keys,
 * times and states stay, so that a resend is still a duplicate and nothing is handled twice; what has not been
 * handled ends ignored. Looks again until it finds nothing more. Called again after a crash it does the rest.
 *
 * Not within reach: what processors did with it elsewhere, logs, ingest's spool, and backups.
 *
 * @param onProgress told now and then how many entries and jobs were looked at
 * @throws OperationError `INVALID_TARGET`
 */
export async function erase(
  context: Context,
  target: EraseTarget,
  actor: Actor,
  onProgress: (scanned: number) => void = () => {},
  { patienceMs = 10_000 }: EraseOptions = {},
): Promise<Erasure> {
  const matches = matcherOf(target);
  const named = "note" in target ? `note:${target.note}` : personDigest(target.person);
  await recordAudit(context, actor, { what: "erase", target: named });
  const { redis } = context;
  const at = await redisTime(redis);
  const counts = { inbox: 0, jobs: 0, dead: 0, discarded: 0 };
  /** Processors with jobs that are erased, now or before. */
  const touched = new Set<string>();
  let scanned = 0;

  /** @returns whether nothing is left of it */
  const eraseOne = async (holder: Holder): Promise<boolean> => {
    if (holder.kind === "entry") {
      const done = await eraseEntry(redis, holder.id, at);
      if (done === "erased") counts.inbox += 1;
      return done !== "waiting";
    }
    const done = await eraseJob(redis, holder.processor, holder.id, at);
    if (done === "erased") {
      // One that ran when it was found has ended since.
      const [now] = await kindsOfJobs(redis, holder.processor, [holder.id]);
      counts[now === "dead" || now === "discarded" ? now : "jobs"] += 1;
      touched.add(holder.processor);
    }
    return done !== "active";
  };
  /** An earlier erasure may have crashed before all the rest forgot what the job had said. */
  const finishEarlier = async (processor: string, id: string): Promise<void> => {
    await indexDeadLetter(redis, processor, id);
    touched.add(processor);
  };
  const round = async (isFirst: boolean): Promise<{ found: number; left: readonly Holder[] }> => {
    const left: Holder[] = [];
    let found = 0;
    const onScanned = (now: number): void => {
      scanned = now;
      onProgress(now);
    };
    const onErased = isFirst ? finishEarlier : undefined;
    for await (const holders of findContent(context, matches, { onScanned, onErased })) {
      found += holders.length;
      left.push(...(await leftOf(holders, eraseOne)));
    }
    return { found, left };
  };

  const deadline = performance.now() + patienceMs;
  let left: readonly Holder[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const done = await round(i === 0);
    left = done.left;
    while (left.length > 0 && performance.now() < deadline) {
      await sleep(AGAIN_MS);
      left = await leftOf(left, eraseOne);
    }
    if (done.found === 0 || left.length > 0) break;
  }
  for (const processor of touched) await forgetQueueEvents(redis, processor);
  const isAny = touched.size > 0 || counts.inbox > 0;
  return { target, ...counts, waiting: left.length, scanned, disk: isAny ? await rewriteDisk(redis) : null };
}

/** Those that it could not be done to. */
async function leftOf(
  holders: readonly Holder[],
  act: (holder: Holder) => Promise<boolean>,
): Promise<readonly Holder[]> {
  const done = await inTurn(holders, AT_ONCE, act);
  return holders.filter((_, i) => !done[i]);
}
