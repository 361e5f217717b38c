import { accept, inboxState } from "@misskeep/inbox";
import { defineProcessor, handled, PermanentError, type Processor } from "@misskeep/processor";
import { listSubscriptions, listWorkers } from "@misskeep/queue";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { readDeaths, readLatency, readProcessorFigures } from "@misskeep/series";
import { capture, freshRedisUrl, ownRedis, until } from "@misskeep/testkit";
import { Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { type RunningWorker, startWorker } from "./start-worker.ts";
import { testLog, type LogLine } from "./test-support/logs.ts";

interface Started {
  readonly worker: RunningWorker;
  readonly redis: Redis;
  readonly log: readonly LogLine[];
  readonly registry: Registry;
  readonly zombies: string[];
}

/** A worker as main.ts puts it together, on an empty Redis, until the test ends. */
async function start(processors: readonly Processor[], givenUrl?: string): Promise<Started> {
  const url = givenUrl ?? (await freshRedisUrl());
  const redis = connectRedis({ url, role: "command" });
  const own = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await Promise.all([waitUntilReady(redis, 10_000), waitUntilReady(own, 10_000)]);
  const log: LogLine[] = [];
  const registry = new Registry();
  const zombies: string[] = [];
  const worker = await startWorker({
    redis: own,
    connect: (name) => connectRedis({ url, role: "worker", name }),
    chosen: processors.map((processor) => ({ processor, config: {}, settings: [] })),
    off: [{ name: "relay", why: "RELAY_URL is not set", partly: false, settings: [] }],
    limits: { maxAgeMs: 86_400_000, maxBytes: 1_000_000 },
    about: { host: "test", pid: 7, version: "0.0.0" },
    log: testLog(log),
    registry,
    onZombie: (name) => void zombies.push(name),
  });
  let stopped: Promise<void> | undefined;
  const stop = worker.stop.bind(worker);
  const once = { ...worker, stop: (withinMs: number) => (stopped ??= stop(withinMs)) };
  onTestFinished(() => once.stop(0));
  return { worker: once, redis, log, registry, zombies };
}

function acceptCapture(redis: Redis, name: string): Promise<{ id: string }> {
  const delivery = {
    hook: "default",
    receivedAt: Date.now(),
    meta: { secretNumber: 1 },
    body: capture(name).rawBody,
  };
  return accept(redis, delivery, undefined, { windowMs: 60_000 });
}

const CAPTURE = "note-plain-japanese";

test("a real capture goes from the inbox through a processor, and is logged and counted", async () => {
  const seen: string[] = [];
  const { redis, log, registry } = await start([
    defineProcessor({
      name: "p",
      on: "*",
      handle(event, { log: logger }) {
        seen.push(event.id);
        logger.info({}, "hello");
        return handled();
      },
    }),
  ]);
  const { id } = await acceptCapture(redis, CAPTURE);
  await until(() => log.some(({ fields }) => fields["end"] === "handled"));
  expect(seen).toEqual([id]);
  expect(log).toContainEqual({ level: "info", message: "hello", fields: { processor: "p", eventId: id } });
  const metrics = await registry.metrics();
  expect(metrics).toContain('misskeep_dispatched_total{processor="p"} 1');
  expect(metrics).toContain('misskeep_runs_total{processor="p",end="handled"} 1');
  expect(metrics).toContain('misskeep_dead{processor="quarantine"} 0');
  expect(await inboxState(redis)).toMatchObject({ waiting: 0, entries: 1 });
});

test("it registers its processors, and itself until it stops; the subscriptions stay", async () => {
  const { worker, redis } = await start([
    defineProcessor({ name: "p", on: ["note"], hooks: ["main"], handle: () => handled() }),
  ]);
  expect(await listWorkers(redis)).toMatchObject([
    {
      id: worker.id,
      about: {
        host: "test",
        pid: 7,
        rssBytes: expect.any(Number),
        running: [],
        off: [{ name: "relay" }],
        rules: { p: { attempts: 20, concurrency: 4 }, quarantine: { timeoutMs: 30_000 } },
      },
      processors: ["p"],
      live: true,
    },
  ]);
  await worker.stop(0);
  expect(await listWorkers(redis)).toMatchObject([{ live: false, stoppedAt: expect.any(Number) }]);
  expect((await listSubscriptions(redis)).get("p")?.any).toEqual([{ on: ["note"], hooks: ["main"] }]);
});

test("it says what it runs now, and since when", async () => {
  const { redis } = await start([
    defineProcessor({ name: "p", on: "*", handle: () => new Promise(() => undefined) }),
  ]);
  const { id } = await acceptCapture(redis, CAPTURE);
  const running = await until(async () => {
    const [worker] = await listWorkers(redis);
    return worker?.about.running[0];
  });
  expect(running).toEqual({ processor: "p", jobId: id, since: expect.any(Number) });
});

test("how runs ended is among the figures over time, at the latest when it stops", async () => {
  const { worker, redis, log } = await start([
    defineProcessor({ name: "good", on: "*", handle: () => handled() }),
    defineProcessor({
      name: "bad",
      on: "*",
      handle() {
        throw new PermanentError("no");
      },
    }),
  ]);
  await acceptCapture(redis, CAPTURE);
  await until(() => ["handled", "dead"].every((end) => log.some(({ fields }) => fields["end"] === end)));
  await worker.stop(0);
  const now = Date.now();
  const figures = await readProcessorFigures(redis, ["good", "bad"], now);
  expect(figures.get("good")).toMatchObject({ failedPerMinute: 0, p95Ms: expect.any(Number) });
  expect(figures.get("good")?.perMinute).toBeGreaterThan(0);
  expect(figures.get("bad")).toMatchObject({ perMinute: 0, p95Ms: null });
  expect(figures.get("bad")?.failedPerMinute).toBeGreaterThan(0);
  expect(await readLatency(redis, now)).toMatchObject({ count: 1 });
  expect(await readDeaths(redis, now)).toEqual({ lastHour: 1, hourBefore: 0 });
});

test("a worker without a processor dispatches nothing", async () => {
  const { worker, redis } = await start([]);
  await acceptCapture(redis, CAPTURE);
  await worker.stop(0);
  expect(await inboxState(redis)).toMatchObject({ waiting: 1, unsubscribed: 0 });
});

test("a blocked event loop is logged with the names of the processors that run", async () => {
  const running = new Set<string>();
  const make = (name: string, on: string): Processor =>
    defineProcessor({
      name,
      on: [on],
      handle: () => {
        running.add(name);
        return new Promise(() => undefined);
      },
    });
  const { worker, redis, log } = await start([make("busy", "note"), make("idle", "followed")]);
  await acceptCapture(redis, CAPTURE);
  await until(() => running.has("busy"));
  worker.blocked(1_500);
  expect(log).toContainEqual({
    level: "warn",
    message: expect.stringContaining("event loop"),
    fields: { ms: 1_500, running: ["busy"] },
  });
});

test("stops in time although Redis is away", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const { worker, redis } = await start(
    [defineProcessor({ name: "p", on: "*", handle: () => new Promise(() => undefined) })],
    server.url,
  );
  await acceptCapture(redis, CAPTURE);
  await server.kill();
  // Within the time that a test has.
  await expect(worker.stop(0)).resolves.toBeUndefined();
});
