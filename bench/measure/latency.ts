/**
 * How long things take at a rate that is kept whatever happens (an open loop): a stall shows in all that was due
 * meanwhile.
 *
 * | measurement | rate |
 * |---|---|
 * | to the 202, each door alone | half of what Misskeep's door takes at that durability |
 * | to handled, idle | 50 a second |
 * | to handled, busy | half of what Misskeep's whole path takes at that durability |
 */
import { bareFastify } from "../contestants/bare-fastify.ts";
import type { DoorContestant, Scene } from "../contestants/contestant.ts";
import { misskeep } from "../contestants/misskeep.ts";
import { misskeepOne, type PathContestant, tutorialWhole } from "../contestants/path-contestant.ts";
import { tutorial, tutorialWithWindow } from "../contestants/tutorial.ts";
import type { Fsync } from "../host/redis.ts";
import { percentile } from "../judge/spread.ts";
import type { LoadResult } from "../load/job.ts";
import type { Bench } from "./bench.ts";
import { answers2xx, verdictOf } from "./door.ts";
import { judgeHandled } from "./path.ts";
import { inRounds } from "./rounds.ts";
import { type Row, type RunResult, toRow } from "./row.ts";
import { withScene } from "./scene.ts";
import { untilHandled } from "./until-handled.ts";

const CONNECTIONS = 64;
const IDLE_RATE = 50;
const WARM_UP_MS = 1_500;
const WARM_UP_EVENTS = 1_000;

export interface LatencyTable {
  /** `latency-<202, idle or busy>-<fsync>` */
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

export async function measureLatency(bench: Bench): Promise<readonly LatencyTable[]> {
  const tables: LatencyTable[] = [];
  for (const fsync of ["everysec", "always"] as const) {
    const doorRate = Math.round((await doorCapacity(bench, fsync)) / 2);
    tables.push({
      id: `latency-202-${fsync}`,
      title: `To the 202 at ${doorRate} a second, appendfsync ${fsync}`,
      rows: await measureDoors(bench, fsync, doorRate),
    });
    const pathRate = Math.round((await pathCapacity(bench, fsync)) / 2);
    for (const [name, rate] of [
      ["idle", IDLE_RATE],
      ["busy", pathRate],
    ] as const)
      tables.push({
        id: `latency-${name}-${fsync}`,
        title: `Receipt to handled, ${name}: ${rate} a second, appendfsync ${fsync}`,
        rows: await measurePaths(bench, fsync, rate),
      });
  }
  return tables;
}

async function measureDoors(bench: Bench, fsync: Fsync, rate: number): Promise<readonly Row[]> {
  const contestants = [misskeep, bareFastify, tutorial, tutorialWithWindow];
  const results = await inRounds(bench.sizes.rounds, contestants, (contestant, round) => {
    bench.say(`latency, ${fsync}, round ${round + 1}: ${contestant.title}`);
    return withScene({ fsync, root: bench.root }, (scene) => runDoor(contestant, scene, bench, rate));
  });
  return [...results].map(([contestant, runs]) => toRow(contestant, runs));
}

async function runDoor(
  { start }: DoorContestant,
  scene: Scene,
  bench: Bench,
  rate: number,
): Promise<RunResult> {
  const { urls, programs, kept } = await start(scene);
  const load = { urls, connections: CONNECTIONS, resends: 0.1 };
  try {
    const warm = await bench.load.run({ ...load, durationMs: WARM_UP_MS });
    const measured = await bench.load.run({ ...load, rate, durationMs: bench.sizes.latencyMs });
    const refused = measured.latencies.length - answers2xx(measured);
    return {
      figures: { ...percentiles(measured.latencies), ...generatorOf(measured), refused },
      verdict: await verdictOf([warm, measured], kept),
    };
  } finally {
    for (const program of programs) await program.stop();
  }
}

async function measurePaths(bench: Bench, fsync: Fsync, rate: number): Promise<readonly Row[]> {
  const results = await inRounds(bench.sizes.rounds, [misskeepOne, tutorialWhole], (contestant, round) => {
    bench.say(`latency, ${fsync}, ${rate} a second, round ${round + 1}: ${contestant.title}`);
    return withScene({ fsync, root: bench.root }, (scene) => runPath(contestant, scene, bench, rate));
  });
  return [...results].map(([contestant, runs]) => toRow(contestant, runs));
}

async function runPath(
  { start }: PathContestant,
  scene: Scene,
  bench: Bench,
  rate: number,
): Promise<RunResult> {
  const { url, door, workers, records } = await start(scene);
  const load = { urls: [url], connections: CONNECTIONS, resends: 0 };
  try {
    const warm = await bench.load.run({ ...load, count: WARM_UP_EVENTS });
    await untilHandled(records, WARM_UP_EVENTS);
    const measured = await bench.load.run({ ...load, rate, durationMs: bench.sizes.latencyMs });
    await untilHandled(records, WARM_UP_EVENTS + measured.acknowledged.length);
    const handled = await records.read();
    const at = new Map([...handled.values()].flat().map(({ eventId, at: when }) => [eventId, when]));
    const waits = measured.acknowledged.map(
      (id, index) => (at.get(id) ?? NaN) - (measured.sentAt[index] ?? NaN),
    );
    const known = Float64Array.from(waits.filter((wait) => !Number.isNaN(wait)));
    return {
      figures: {
        ...percentiles(known),
        ...generatorOf(measured),
        refused: measured.latencies.length - answers2xx(measured),
      },
      verdict: judgeHandled([...warm.acknowledged, ...measured.acknowledged], handled, 1),
    };
  } finally {
    for (const program of [...workers, door]) await program.stop();
  }
}

function percentiles(ms: Float64Array) {
  return { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), p999: percentile(ms, 0.999) };
}

/** How late the generator was by itself: what stands in the figures that is not the contestant's. */
function generatorOf({ lateness }: LoadResult) {
  return { generatorP99: percentile(lateness, 0.99) };
}

function doorCapacity(bench: Bench, fsync: Fsync): Promise<number> {
  return withScene({ fsync, root: bench.root }, async (scene) => {
    const { urls, programs } = await misskeep.start(scene);
    try {
      const load = { urls, connections: CONNECTIONS, resends: 0.1, durationMs: WARM_UP_MS };
      await bench.load.run(load);
      const measured = await bench.load.run(load);
      return answers2xx(measured) / measured.seconds;
    } finally {
      for (const program of programs) await program.stop();
    }
  });
}

function pathCapacity(bench: Bench, fsync: Fsync): Promise<number> {
  return withScene({ fsync, root: bench.root }, async (scene) => {
    const { url, door, workers, records } = await misskeepOne.start(scene);
    try {
      const load = { urls: [url], connections: CONNECTIONS, resends: 0 };
      await bench.load.run({ ...load, count: WARM_UP_EVENTS });
      await untilHandled(records, WARM_UP_EVENTS);
      const began = Date.now();
      await bench.load.run({ ...load, count: 4 * WARM_UP_EVENTS });
      return (4 * WARM_UP_EVENTS * 1_000) / ((await untilHandled(records, 5 * WARM_UP_EVENTS)) - began);
    } finally {
      for (const program of [...workers, door]) await program.stop();
    }
  });
}
