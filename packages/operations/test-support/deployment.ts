/** A deployment in one process for one test: an inbox, a dispatcher, and workers of small processors. */
import { accept, ensureGroup } from "@misskeep/inbox";
import { DEFAULT_RETRY, fixed, handled, type Outcome, PermanentError } from "@misskeep/processor";
import {
  keepBeating,
  quarantine,
  type Runnable,
  startDispatcher,
  startProcessorWorker,
  startRunner,
} from "@misskeep/queue";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { onTestFinished } from "vitest";
import { type Context, openContext } from "../src/context.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {}, trace() {}, fatal() {} };
const WINDOW = { windowMs: 8 * 24 * 3_600_000 };

export interface Deployment {
  readonly url: string;
  readonly context: Context;
  /** Accepts a delivery; a body that is no Buffer is sent as JSON. @returns the event id */
  receive(
    body: unknown,
    about?: { hook?: string; host?: string; receivedAt?: number; pinBroken?: string },
  ): Promise<string>;
  /** Registers processors, and runs them unless they are to be missing. */
  start(processors: readonly Runnable[], options?: { running?: boolean }): Promise<() => Promise<void>>;
}

/** Waits for both ends: everything is closed when the test is. */
export async function deploy(): Promise<Deployment> {
  const url = await freshRedisUrl();
  const redis = await connect(url, "command");
  const context = openContext(redis, () => {});
  onTestFinished(() => context.queues.close());
  await ensureGroup(redis);
  return {
    url,
    context,
    async receive(
      body,
      { hook = "default", host = "misskey.example", receivedAt = Date.now(), ...about } = {},
    ) {
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body), "utf8");
      const eventId = Buffer.isBuffer(body) ? undefined : (body as { eventId?: unknown }).eventId;
      const meta = { secretNumber: 2, hookId: "hook1", host, userAgent: "Misskey-Hooks", ...about };
      const identity = { server: undefined, eventId };
      return (await accept(redis, { hook, receivedAt, meta, body: bytes }, identity, WINDOW)).id;
    },
    start: (processors, { running = true } = {}) => startWorker(url, context, processors, running),
  };
}

async function startWorker(
  url: string,
  { redis, queues }: Context,
  processors: readonly Runnable[],
  running: boolean,
): Promise<() => Promise<void>> {
  const id = `worker-${Math.random().toString(36).slice(2, 8)}`;
  const wishes = new Map(processors.map(({ name }) => [name, { on: ["*"] }]));
  const about = { host: "test", pid: process.pid, version: "0.1.0" };
  const signOff = await keepBeating(redis, { id, startedAt: Date.now(), about }, wishes, () => {});
  const shared = await connect(url, "worker");
  const blocking = await connect(url, "worker");
  const deps = {
    redis,
    worker: id,
    logFor: () => silent,
    onRun: () => {},
    onZombie: () => {},
    pause: () => Promise.resolve(),
  };
  const workers = (running ? [...processors, quarantine({ redis, queues })] : []).map((each) =>
    startProcessorWorker(each, shared, deps),
  );
  const stopRunner = running ? startRunner({ redis, queues, shared, log: silent }) : undefined;
  const stopDispatcher = startDispatcher({
    redis,
    blocking,
    queues,
    consumer: id,
    log: silent,
    onDispatched: () => {},
  });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      await stopDispatcher();
      await stopRunner?.();
      await Promise.all(workers.map((worker) => worker.stop(1_000)));
      await signOff();
    })());
  onTestFinished(stop);
  return stop;
}

async function connect(url: string, role: "command" | "worker"): Promise<Redis> {
  const redis = connectRedis({ url, role });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

/** A processor that does what it is told. @default handles everything */
export function processor(name: string, run: Runnable["run"] = () => handled("done")): Runnable {
  const retry = { ...DEFAULT_RETRY, backoff: fixed("1s") };
  return { name, retry, timeoutMs: 30_000, concurrency: 4, run };
}

/** A processor that lets every event die. */
export function killer(name: string, message = "the target says no"): Runnable {
  return processor(name, (): Outcome => {
    throw new PermanentError(message);
  });
}

/** A processor that lets every event die until it is mended. */
export function mendable(name: string): { readonly runnable: Runnable; mend(): void } {
  let broken = true;
  const runnable = processor(name, (): Outcome => {
    if (broken) throw new PermanentError("still broken");
    return handled();
  });
  return { runnable, mend: () => void (broken = false) };
}
