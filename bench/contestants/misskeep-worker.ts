import { keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { type Program, startProgram } from "../host/program.ts";
import type { Scene } from "./contestant.ts";
import { appFile, programFile } from "./paths.ts";

export interface WorkerOptions {
  readonly records: string;
  readonly processors: number;
  /** How many of them want the events that come. */
  readonly interested: number;
  readonly concurrency: number;
  /** How long a job takes, ms. @default 0 */
  readonly waitMs?: number;
  readonly nodeArgs?: readonly string[];
}

export function benchProcessors(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `bench-${index + 1}`);
}

/** Starts a worker replica as it is built, and waits until its processors are subscribed. */
export async function startWorker(
  { redis, folder, fsync, root }: Scene,
  { records, processors, interested, concurrency, waitMs = 0, nodeArgs = [] }: WorkerOptions,
): Promise<Program> {
  const program = await startProgram({
    role: "worker",
    folder,
    command: process.execPath,
    args: [...nodeArgs, appFile(root, "worker")],
    env: {
      METRICS_PORT: "0",
      REDIS_URL: redis.url,
      DURABILITY: fsync === "always" ? "disk" : "second",
      LOG_LEVEL: "warn",
      PROCESSORS_DIR: programFile("misskeep"),
      WORKER_PROCESSORS: benchProcessors(processors).join(","),
      BENCH_PROCESSORS: String(processors),
      BENCH_INTERESTED: String(interested),
      BENCH_CONCURRENCY: String(concurrency),
      BENCH_WAIT_MS: String(waitMs),
      BENCH_RECORDS: records,
    },
  });
  await until(async () => {
    if (!program.runs()) throw new Error(await program.output());
    return (await redis.client.hlen(keys.subscriptions)) >= processors;
  });
  return program;
}

/** Whether every job of the bench's queues has ended. */
export async function isIdle({ redis }: Scene, processors: number): Promise<boolean> {
  const pipeline = redis.client.pipeline();
  for (const name of benchProcessors(processors))
    pipeline
      .llen(keys.queue(name, "wait"))
      .llen(keys.queue(name, "active"))
      .zcard(keys.queue(name, "delayed"));
  const counts = (await pipeline.exec()) ?? [];
  return counts.every(([, count]) => count === 0);
}
