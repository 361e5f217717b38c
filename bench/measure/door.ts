/**
 * The door: 64 connections that stay open, each sending its next delivery when it has its answer; one in ten is a
 * resend of what was acknowledged before.
 */
import { adnanhWebhook } from "../contestants/adnanh-webhook.ts";
import { bareFastify } from "../contestants/bare-fastify.ts";
import type { DoorContestant, Scene } from "../contestants/contestant.ts";
import { misskeep, misskeepLogging } from "../contestants/misskeep.ts";
import { nodeRed } from "../contestants/node-red.ts";
import { tutorial, tutorialWithWindow } from "../contestants/tutorial.ts";
import { judge, type Verdict } from "../judge/judge.ts";
import { percentile } from "../judge/spread.ts";
import type { LoadJob, LoadResult } from "../load/job.ts";
import { type Bench, presentOf } from "./bench.ts";
import { meter, perEvent } from "./meter.ts";
import { inRounds } from "./rounds.ts";
import { withScene } from "./scene.ts";
import { type Row, toRow } from "./row.ts";

const LOAD: Omit<LoadJob, "urls"> = { connections: 64, resends: 0.1 };

const everyone: readonly DoorContestant[] = [
  misskeep,
  bareFastify,
  tutorial,
  tutorialWithWindow,
  misskeepLogging,
  adnanhWebhook,
  nodeRed,
];

/** How much each contestant is sent. */
type Amount = { readonly durationMs: number } | { readonly count: number };

export async function measureDoor(
  bench: Bench,
  contestants: readonly DoorContestant[] = everyone,
  amount: Amount = { durationMs: bench.sizes.doorMs },
): Promise<readonly Row[]> {
  const present = await presentOf(contestants, bench);
  const { rounds } = bench.sizes;
  const results = await inRounds(rounds, present, (contestant, round) => {
    bench.say(`door, round ${round + 1}: ${contestant.title}`);
    return withScene({ fsync: "everysec", root: bench.root }, (scene) =>
      runDoor(contestant, scene, bench, amount),
    );
  });
  return [...results].map(([contestant, runs]) => toRow(contestant, runs));
}

async function runDoor({ start }: DoorContestant, scene: Scene, { load }: Bench, amount: Amount) {
  const { urls, programs, kept } = await start(scene);
  try {
    const some = "count" in amount ? amount : { durationMs: Math.min(amount.durationMs, 2_000) };
    const warm = await load.run({ ...LOAD, urls, ...some });
    const stop = await meter(programs, scene.redis);
    const measured = await load.run({ ...LOAD, urls, ...amount });
    const cost = await stop();
    const answered = answers2xx(measured);
    const figures = {
      rate: answered / measured.seconds,
      ...perEvent(cost, answered),
      p99: percentile(measured.latencies, 0.99),
      refused: measured.latencies.length - answered,
    };
    return { figures, verdict: await verdictOf([warm, measured], kept) };
  } finally {
    for (const program of programs) await program.stop();
  }
}

export function answers2xx({ answers }: LoadResult): number {
  return (answers["200"] ?? 0) + (answers["202"] ?? 0);
}

/** @returns undefined for a contestant that keeps nothing */
export async function verdictOf(
  results: readonly LoadResult[],
  kept: () => Promise<readonly string[] | undefined>,
): Promise<Verdict | undefined> {
  const ids = await kept();
  return (
    ids &&
    judge(
      results.flatMap(({ acknowledged }) => acknowledged),
      ids,
    )
  );
}
