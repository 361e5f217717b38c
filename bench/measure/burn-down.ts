/**
 * Enqueueing jobs with one argument of about 1 KB, then working them off.
 *
 * Enqueueing is measured by the program itself, without its start; working from when a tenth is done to the end, so
 * that starting and warming up do not count.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { capture } from "@misskeep/testkit";
import { type BurnDown, burnDowns } from "../contestants/burn-down.ts";
import type { Scene } from "../contestants/contestant.ts";
import { openRecords } from "../contestants/records.ts";
import { judgeHandled } from "./path.ts";
import { type Bench, presentOf } from "./bench.ts";
import { meter } from "./meter.ts";
import { inRounds } from "./rounds.ts";
import { type Row, toRow } from "./row.ts";
import { withScene } from "./scene.ts";
import { untilHandled } from "./until-handled.ts";

const run = promisify(execFile);
const SMALLEST = 500;

export async function measureBurnDowns(bench: Bench): Promise<readonly Row[]> {
  const present = await presentOf(burnDowns, bench);
  const { rounds, burnDownJobs } = bench.sizes;
  const results = await inRounds(rounds, present, (contestant, round) => {
    bench.say(`burn-down, round ${round + 1}: ${contestant.title}`);
    const count = Math.max(SMALLEST, Math.round(burnDownJobs * contestant.share));
    return withScene({ fsync: "everysec", root: bench.root }, (scene) =>
      runBurnDown(contestant, scene, count),
    );
  });
  return [...results].map(([contestant, runs]) => toRow(contestant, runs));
}

async function runBurnDown(contestant: BurnDown, scene: Scene, count: number) {
  const records = await openRecords(`${scene.folder}/records`);
  const enqueueing = await meter([], scene.redis);
  const { cpuUs, ids } = await enqueue(contestant, scene, count);
  const enqueued = await enqueueing();

  const worker = await contestant.work(scene, records.folder);
  try {
    await untilHandled(records, count / 10);
    const from = await records.count();
    const stop = await meter([worker], scene.redis);
    const began = Date.now();
    const ended = await untilHandled(records, count);
    // What the last ones write about their end.
    await sleep(200);
    const done = count - from;
    const worked = await stop();
    const figures = {
      enqueueUs: cpuUs / count,
      enqueueRedisUs: enqueued.redisUs / count,
      workUs: worked.cpuUs / done,
      workRedisUs: worked.redisUs / done,
      totalUs: (cpuUs + enqueued.redisUs) / count + (worked.cpuUs + worked.redisUs) / done,
      commands: enqueued.commands / count + worked.commands / done,
      rate: (done / (ended - began)) * 1_000,
    };
    return { figures, verdict: judgeHandled(ids, await records.read(), 1) };
  } finally {
    await worker.stop();
  }
}

async function enqueue(
  contestant: BurnDown,
  scene: Scene,
  count: number,
): Promise<{ readonly cpuUs: number; readonly ids: readonly string[] }> {
  const { command, args, env = {} } = await contestant.enqueue(scene);
  const { PATH = "", HOME = "" } = process.env;
  const { stdout } = await run(command, args, {
    env: {
      PATH,
      HOME,
      NODE_ENV: "production",
      ...env,
      BODY: bodyWithMark(),
      COUNT: String(count),
      PYTHONDONTWRITEBYTECODE: "1",
    },
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as { cpuUs: number; ids: string[] };
}

/** A real body of 1,000 bytes, with a mark in place of its event id. */
function bodyWithMark(): string {
  const body = capture("note-test-button").rawBody.toString("utf8");
  const { eventId } = JSON.parse(body) as { eventId: string };
  return body.replace(eventId, "EVENT_ID");
}
