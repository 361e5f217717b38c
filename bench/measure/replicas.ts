/** More replicas: of workers on a processor that waits, and of ingest. */
import type { Scene } from "../contestants/contestant.ts";
import { inboxEventIds, startIngest } from "../contestants/misskeep.ts";
import { isIdle, startWorker } from "../contestants/misskeep-worker.ts";
import { openRecords } from "../contestants/records.ts";
import type { Program } from "../host/program.ts";
import { judge } from "../judge/judge.ts";
import { until } from "@misskeep/testkit";
import type { Bench } from "./bench.ts";
import { answers2xx } from "./door.ts";
import { fillInbox } from "./fill-inbox.ts";
import { meter, perEvent } from "./meter.ts";
import { judgeHandled } from "./path.ts";
import { inRounds } from "./rounds.ts";
import { type Row, type RunResult, toRow } from "./row.ts";
import { withScene } from "./scene.ts";
import { untilHandled } from "./until-handled.ts";

/** A target that answers within 20 ms, asked by 10 jobs of each replica at a time: 500 a second at most. */
const WAIT_MS = 20;
const CONCURRENCY = 10;
const IDEAL_RATE = (1_000 / WAIT_MS) * CONCURRENCY;

const named = (what: string) => (count: number) => ({
  name: `${what}-${count}`,
  title: `${count} ${what}${count === 1 ? "" : "s"}`,
  promise: "",
  count,
});

export async function measureWorkers(bench: Bench): Promise<readonly Row[]> {
  const results = await inRounds(bench.sizes.rounds, [1, 2, 4].map(named("worker")), (each, round) => {
    bench.say(`scale, round ${round + 1}: ${each.title}`);
    return withScene({ fsync: "everysec", root: bench.root }, (scene) =>
      runWorkers(each.count, scene, bench),
    );
  });
  return [...results].map(([each, runs]) => toRow(each, runs));
}

async function runWorkers(count: number, scene: Scene, { sizes }: Bench): Promise<RunResult> {
  const events = sizes.scaleEvents;
  const records = await openRecords(`${scene.folder}/records`);
  const ids = await fillInbox(scene.redis.client, events);
  const options = {
    records: records.folder,
    processors: 1,
    interested: 1,
    concurrency: CONCURRENCY,
    waitMs: WAIT_MS,
  };
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(scene, options)));
  try {
    // Starting does not count.
    await untilHandled(records, events / 4);
    const from = await records.count();
    const stop = await meter(workers, scene.redis);
    const began = Date.now();
    const ended = await untilHandled(records, events);
    const done = events - from;
    const cost = await stop();
    await until(() => isIdle(scene, 1));
    const rate = (done / (ended - began)) * 1_000;
    return {
      figures: { rate, ofIdeal: rate / (IDEAL_RATE * count), ...perEvent(cost, done) },
      verdict: judgeHandled(ids, await records.read(), 1),
    };
  } finally {
    for (const worker of workers) await worker.stop();
  }
}

export async function measureIngests(bench: Bench): Promise<readonly Row[]> {
  const results = await inRounds(bench.sizes.rounds, [1, 2].map(named("ingest")), (each, round) => {
    bench.say(`scale, round ${round + 1}: ${each.title}`);
    return withScene({ fsync: "everysec", root: bench.root }, (scene) =>
      runIngests(each.count, scene, bench),
    );
  });
  return [...results].map(([each, runs]) => toRow(each, runs));
}

async function runIngests(count: number, scene: Scene, { load, sizes }: Bench): Promise<RunResult> {
  const ingests = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      startIngest(scene, { role: index === 0 ? "server" : "worker" }),
    ),
  );
  const programs: readonly Program[] = ingests.map(({ program }) => program);
  const job = { urls: ingests.map(({ url }) => url), connections: 64, resends: 0.1 };
  try {
    const warm = await load.run({ ...job, durationMs: Math.min(sizes.doorMs, 2_000) });
    const stop = await meter(programs, scene.redis);
    const measured = await load.run({ ...job, durationMs: sizes.doorMs });
    const cost = await stop();
    const answered = answers2xx(measured);
    const acknowledged = [...warm.acknowledged, ...measured.acknowledged];
    return {
      figures: { rate: answered / measured.seconds, ...perEvent(cost, answered) },
      verdict: judge(acknowledged, await inboxEventIds(scene.redis.client)),
    };
  } finally {
    for (const program of programs) await program.stop();
  }
}
