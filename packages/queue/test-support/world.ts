import { defineProcessor, type ProcessorDefinition } from "@misskeep/processor";
import { connectRedis, keys, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl, until } from "@misskeep/testkit";
import type * as z from "zod";
import { onTestFinished } from "vitest";
import { writeJsonJob } from "../src/job-data.ts";
import { toRunnable } from "../src/process-event.ts";
import { type ProcessorWorker, startProcessorWorker } from "../src/processor-worker.ts";
import { openQueues, type Queues } from "../src/queues.ts";
import { pauseProcessor } from "../src/pause.ts";
import type { RunReport } from "../src/run-deps.ts";
import type { RunEntry } from "../src/run-record.ts";
import type { Runnable } from "../src/runnable.ts";

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface StartOptions {
  /** @default "w1" */
  readonly worker?: string;
  readonly graceMs?: number;
  readonly lockMs?: number;
  readonly stuckAfterMs?: number;
  /** The connection for records. @default the world's */
  readonly redis?: Redis;
  /** The connection for BullMQ. @default the world's */
  readonly shared?: Redis;
}

/** A Redis of its own for one test, and what runs on it until the test ends. */
export interface World {
  readonly url: string;
  /** Of role `command`. */
  readonly redis: Redis;
  /** Of role `worker`: BullMQ's own commands go through it. */
  readonly shared: Redis;
  readonly queues: Queues;
  /** Every run that ended in this world, in order. */
  readonly reports: RunReport[];
  readonly zombies: string[];
  /** Processors whose consumer was replaced. */
  readonly restarts: string[];
  readonly log: LogLine[];
  connect(role: "command" | "worker"): Redis;
  start(runnable: Runnable, options?: StartOptions): ProcessorWorker;
  /** Adds an event's job, as a dispatcher would. */
  add(processor: string, id?: string, event?: object): Promise<string>;
}

let lastId = 0;

/** An event id that no other event of the run has. */
export function anId(): string {
  return `0-1795485891939-${(lastId += 1)}`;
}

/** A delivery's body of an ordinary event. */
export function aBody(type = "followed"): object {
  return {
    server: "https://misskey.example",
    hookId: "h",
    userId: "u",
    eventId: anId(),
    createdAt: 1,
    type,
    body: { user: { id: "u1", username: "ai" } },
  };
}

export async function openWorld(givenUrl?: string): Promise<World> {
  const url = givenUrl ?? (await freshRedisUrl());
  const open: Redis[] = [];
  const workers: ProcessorWorker[] = [];
  const log: LogLine[] = [];
  const reports: RunReport[] = [];
  const zombies: string[] = [];
  const restarts: string[] = [];
  const connect = (role: "command" | "worker"): Redis => {
    const redis = connectRedis({ url, role });
    open.push(redis);
    return redis;
  };
  const redis = connect("command");
  const shared = connect("worker");
  await waitUntilReady(redis, 10_000);
  const queues = openQueues(redis, () => undefined);
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.stop(0)));
    await queues.close();
    for (const each of open) each.disconnect();
  });
  const logger = testLog(log);
  return {
    url,
    redis,
    shared,
    queues,
    reports,
    zombies,
    restarts,
    log,
    connect,
    start(runnable, options = {}) {
      const worker = startProcessorWorker(runnable, options.shared ?? shared, {
        redis: options.redis ?? redis,
        worker: options.worker ?? "w1",
        logFor: () => logger,
        onRun: (report) => void reports.push(report),
        onZombie: (name) => void zombies.push(name),
        pause: (name, why) => pauseProcessor(redis, queues, name, { by: name, why, at: 1 }),
        onRestart: (name) => void restarts.push(name),
        ...(options.stuckAfterMs === undefined ? {} : { stuckAfterMs: options.stuckAfterMs }),
        ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
        ...(options.lockMs === undefined ? {} : { lockMs: options.lockMs }),
      });
      workers.push(worker);
      return worker;
    },
    async add(processor, id = anId(), event = aBody()) {
      const facts = { hook: "default", receivedAt: 1_795_485_891_939 };
      await queues.get(processor).addEvents([{ id, data: writeJsonJob(facts, JSON.stringify(event)) }]);
      return id;
    },
  };
}

export function testLog(lines: LogLine[] = []) {
  const write =
    (level: LogLine["level"]) =>
    (fields: object, message: string): void =>
      void lines.push({ level, message, fields: fields as LogLine["fields"] });
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

/** A processor named `p`, ready to run. */
export function aRunnable<Type extends string = string>(
  world: Pick<World, "redis">,
  parts: Partial<ProcessorDefinition<Type, z.ZodObject>> &
    Pick<ProcessorDefinition<Type, z.ZodObject>, "handle">,
  config: unknown = {},
): Runnable {
  const processor = defineProcessor<Type>({ name: "p", on: "*", ...parts });
  return toRunnable(processor, config, { redis: world.redis, onMismatches: () => undefined });
}

/** What BullMQ thinks of a job. */
export function stateOf(world: World, id: string, processor = "p"): Promise<string> {
  return world.queues.get(processor).getJobState(id);
}

export async function untilState(world: World, id: string, state: string, processor = "p"): Promise<void> {
  await until(async () => (await stateOf(world, id, processor)) === state);
}

/** The fields of a job, ours and BullMQ's. */
export function fieldsOf(world: World, id: string, processor = "p"): Promise<Record<string, string>> {
  return world.redis.hgetall(keys.queue(processor, id));
}

export async function historyOf(world: World, id: string, processor = "p"): Promise<readonly RunEntry[]> {
  return JSON.parse((await fieldsOf(world, id, processor))["mk:history"] ?? "[]") as RunEntry[];
}

/** When a delayed job runs again, ms since 1970. BullMQ keeps 12 bits for a counter. */
export async function delayedUntil(world: World, id: string, processor = "p"): Promise<number> {
  const score = await world.redis.zscore(keys.queue(processor, "delayed"), id);
  return Math.floor(Number(score) / 4_096);
}

/** Makes a delayed job run now, so that no test waits for it. */
export async function hurry(world: World, id: string, processor = "p"): Promise<void> {
  const job = await until(() => world.queues.get(processor).getJob(id));
  await until(async () => (await stateOf(world, id, processor)) === "delayed");
  await job.promote();
}

/** A promise and what settles it: a handler waits at it until the test lets go. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
