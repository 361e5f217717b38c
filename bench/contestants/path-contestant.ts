import type { Program } from "../host/program.ts";
import type { Scene } from "./contestant.ts";
import { startIngest } from "./misskeep.ts";
import { isIdle, startWorker } from "./misskeep-worker.ts";
import { startNodeDoor } from "./node-door.ts";
import { programFile } from "./paths.ts";
import { openRecords, type Records } from "./records.ts";
import { startProgram } from "../host/program.ts";

/** A whole way from the HTTP request to handled. */
export interface RunningPath {
  readonly url: string;
  readonly door: Program;
  readonly workers: readonly Program[];
  readonly records: Records;
  /** How many processors handle each event. */
  readonly interested: number;
  /** Whether nothing is left to do. */
  isIdle(): Promise<boolean>;
}

export interface PathContestant {
  readonly name: string;
  readonly title: string;
  readonly promise: string;
  start(scene: Scene): Promise<RunningPath>;
}

/** Jobs at a time, of each processor. */
const CONCURRENCY = 50;

function misskeepThrough(processors: number, interested: number, title: string): PathContestant {
  return {
    name: `misskeep-${processors}`,
    title,
    promise: "each event at least once per processor, failed ones kept as dead letters",
    async start(scene) {
      const records = await openRecords(`${scene.folder}/records`);
      const { url, program: door } = await startIngest(scene);
      const options = { records: records.folder, processors, interested, concurrency: CONCURRENCY };
      const worker = await startWorker(scene, options);
      return { url, door, workers: [worker], records, interested, isIdle: () => isIdle(scene, processors) };
    },
  };
}

export const misskeepOne = misskeepThrough(1, 1, "Misskeep, 1 processor");

export const tutorialWhole: PathContestant = {
  name: "tutorial",
  title: "tutorial whole (queue.add, 1 Worker)",
  promise: "each job at least once; failed ones after one attempt",
  async start(scene) {
    const { redis, folder } = scene;
    const records = await openRecords(`${folder}/records`);
    const env = { REDIS_URL: redis.url, KNOWN_BY: "jobId" };
    const { url, program: door } = await startNodeDoor("tutorial-server.mjs", folder, env);
    const worker = await startProgram({
      role: "worker",
      folder,
      command: process.execPath,
      args: [programFile("tutorial-worker.mjs")],
      env: { REDIS_URL: redis.url, BENCH_RECORDS: records.folder, BENCH_CONCURRENCY: String(CONCURRENCY) },
    });
    const isDone = async (): Promise<boolean> =>
      (await redis.client.llen("bull:events:wait")) + (await redis.client.llen("bull:events:active")) === 0;
    return { url, door, workers: [worker], records, interested: 1, isIdle: isDone };
  },
};

export const pathContestants: readonly PathContestant[] = [
  misskeepOne,
  tutorialWhole,
  misskeepThrough(3, 3, "Misskeep, 3 processors"),
  misskeepThrough(20, 1, "Misskeep, 20 processors, 1 interested"),
];
