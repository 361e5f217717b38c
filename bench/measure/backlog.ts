/**
 * Many events that wait: what they take, and whether anything becomes slower by them.
 *
 * The stream's bytes are those of a copy of it, those of the idempotency keys all that Redis holds beside.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { listEvents, openContext } from "@misskeep/operations";
import { keys } from "@misskeep/redis";
import type { Scene } from "../contestants/contestant.ts";
import { startIngest } from "../contestants/misskeep.ts";
import { benchProcessors, startWorker } from "../contestants/misskeep-worker.ts";
import { openRecords } from "../contestants/records.ts";
import type { Program } from "../host/program.ts";
import { spreadOf, spreadsOf } from "../judge/spread.ts";
import type { Bench } from "./bench.ts";
import { answers2xx } from "./door.ts";
import { fillInbox } from "./fill-inbox.ts";
import { meter } from "./meter.ts";
import type { Row } from "./row.ts";
import { withScene } from "./scene.ts";
import { settle } from "./settle.ts";
import { untilCounted, untilHandled } from "./until-handled.ts";

const FEW = 1_000;
const PAGES = 20;
const PAGE = 50;
/** What is taken before a pause is worked off in a moment. */
const IN_HAND_MS = 500;
/** What the door adds is less. */
const TO_COME = 300_000;
/** Redis' `maxmemory` for so many events: three times what they should take, for the copy. */
const bytesFor = (events: number): number => Math.max(2 ** 30, events * 3 * 2_500);

/** Of each backlog one run: filling a large one takes minutes, and its figures hardly differ. */
export async function measureBacklog(bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const events of [FEW, bench.sizes.backlog]) {
    const title = `${events.toLocaleString("en")} events waiting`;
    bench.say(`backlog: ${title}`);
    const scene = { fsync: "everysec", root: bench.root, maxMemory: bytesFor(events) } as const;
    const figures = await withScene(scene, (each) => runBacklog(events, each, bench));
    rows.push({ name: `backlog-${events}`, title, promise: "", figures: spreadsOf([figures]) });
  }
  return rows;
}

async function runBacklog(events: number, scene: Scene, bench: Bench) {
  const { redis } = scene;
  const empty = (await redis.figures()).bytesUsed;
  await fillInbox(redis.client, events);
  const held = (await redis.figures()).bytesUsed - empty;
  const stream = await bytesOfCopy(scene, keys.inbox);
  const body = Number(await redis.client.hget(keys.counts, "bytes")) / events;
  const memory = {
    bodyBytes: body,
    bytesPerEvent: stream / events,
    ofBody: stream / events / body,
    // Of a few, what Redis holds anyway would be the most of it.
    bytesPerKey: events > FEW ? (held - stream) / events : NaN,
  };
  await settle(redis, TO_COME);
  const pageMs = await timePage(scene);
  return {
    ...memory,
    pageMs,
    ...(await measureIngest(scene, bench)),
    ...(await measureWorker(scene, bench)),
  };
}

/** MEMORY USAGE guesses what holds a stream's parts together, and says a tenth too much. */
async function bytesOfCopy({ redis }: Scene, key: string): Promise<number> {
  const before = (await redis.figures()).bytesUsed;
  await redis.client.copy(key, `${key}:copy`);
  const bytes = (await redis.figures()).bytesUsed - before;
  await redis.client.del(`${key}:copy`);
  return bytes;
}

/** The newest page of the inbox, as the command and the console show it. */
async function timePage({ redis }: Scene): Promise<number> {
  const context = openContext(redis.client, () => {});
  const times: number[] = [];
  for (let i = 0; i < PAGES; i += 1) {
    const began = performance.now();
    await listEvents(context, { limit: PAGE });
    times.push(performance.now() - began);
  }
  await context.queues.close();
  return spreadOf(times).median;
}

/** From the start of the process to the first 202, and what an event costs there. */
async function measureIngest(scene: Scene, { load, sizes }: Bench) {
  const began = performance.now();
  const { url, program } = await startIngest(scene);
  const job = { urls: [url], connections: 64, resends: 0.1 };
  try {
    const first = await load.run({ ...job, connections: 1, count: 1 });
    const firstMs = performance.now() - began;
    if (answers2xx(first) !== 1) throw new Error(`The first answer was ${JSON.stringify(first.answers)}`);
    await load.run({ ...job, durationMs: Math.min(sizes.doorMs, 2_000) });
    const stop = await meter([program], scene.redis);
    const answered = answers2xx(await load.run({ ...job, durationMs: sizes.doorMs }));
    const { cpuUs, redisUs } = await stop();
    return {
      ingestFirstMs: firstMs,
      doorUs: cpuUs / answered,
      doorRedisUs: redisUs / answered,
      doorSumUs: (cpuUs + redisUs) / answered,
    };
  } finally {
    await program.stop();
  }
}

/**
 * From the start of the process to the first handled event, and what an event costs in each of the two steps: while it is
 * dispatched, with the processor paused, and while it is processed, when all are dispatched. Together they would be one
 * figure of two rates.
 */
async function measureWorker(scene: Scene, { sizes }: Bench) {
  const wanted = sizes.pathEvents / 5;
  const records = await openRecords(`${scene.folder}/records`);
  const options = { records: records.folder, processors: 1, interested: 1, concurrency: 50 };
  const { client } = scene.redis;
  const context = openContext(client, () => {});
  const queue = context.queues.get(benchProcessors(1)[0] ?? "");
  const began = performance.now();
  const worker = await startWorker(scene, options);
  try {
    await untilHandled(records, 1);
    const firstMs = performance.now() - began;
    await untilHandled(records, wanted / 4);
    await queue.pause();
    await sleep(IN_HAND_MS);
    const dispatched = async (): Promise<number> => Number(await client.hget(keys.counts, "read"));
    const dispatch = await costOf(worker, scene, dispatched, wanted);
    await untilCounted(dispatched, await client.xlen(keys.inbox));
    await settle(scene.redis, 1);
    await queue.resume();
    await untilHandled(records, (await records.count()) + wanted / 4);
    const work = await costOf(worker, scene, () => records.count(), wanted);
    return {
      workerFirstMs: firstMs,
      dispatchUs: dispatch.ownUs,
      dispatchRedisUs: dispatch.redisUs,
      dispatchSumUs: dispatch.ownUs + dispatch.redisUs,
      workUs: work.ownUs,
      workRedisUs: work.redisUs,
      workSumUs: work.ownUs + work.redisUs,
    };
  } finally {
    await context.queues.close();
    await worker.stop();
  }
}

/** Until a count has grown by so many. */
async function costOf(program: Program, { redis }: Scene, counted: () => Promise<number>, wanted: number) {
  const stop = await meter([program], redis);
  const from = await counted();
  await untilCounted(counted, from + wanted);
  const done = (await counted()) - from;
  const { cpuUs, redisUs } = await stop();
  return { ownUs: cpuUs / done, redisUs: redisUs / done };
}
