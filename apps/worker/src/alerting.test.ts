import { accept } from "@misskeep/inbox";
import { defineProcessor, handled, Misconfigured, PermanentError, type Processor } from "@misskeep/processor";
import { replayDeadLetter, openQueues } from "@misskeep/queue";
import { connectRedis, keys, type Redis, waitUntilReady } from "@misskeep/redis";
import { capture, freshRedisUrl, httpReceiver, type HttpReceiver, until } from "@misskeep/testkit";
import { Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { startWorker } from "./start-worker.ts";
import { testLog, type LogLine } from "./test-support/logs.ts";

interface World {
  readonly url: string;
  readonly redis: Redis;
  readonly target: HttpReceiver;
  readonly log: LogLine[];
  /** Of the first replica. */
  readonly registry: Registry;
  texts(): string[];
  /** Another replica. */
  start(processors: readonly Processor[]): Promise<void>;
  receive(name: string): Promise<string>;
}

/** Real workers that look at everything every 50 ms, until the test ends. */
async function makeWorld(): Promise<World> {
  const url = await freshRedisUrl();
  const target = await httpReceiver();
  onTestFinished(() => target.close());
  const connect = async (): Promise<Redis> => {
    const redis = connectRedis({ url, role: "command" });
    await waitUntilReady(redis, 10_000);
    return redis;
  };
  const redis = await connect();
  onTestFinished(() => redis.disconnect());
  const log: LogLine[] = [];
  const registry = new Registry();
  let workers = 0;
  return {
    url,
    redis,
    target,
    log,
    registry,
    texts: () =>
      target.requests
        .filter(({ path }) => path === "/hook-secret")
        .map(({ json }) => (json as { content: string }).content),
    async start(processors) {
      workers += 1;
      const worker = await startWorker({
        redis: await connect(),
        connect: (name) => connectRedis({ url, role: "worker", name }),
        chosen: processors.map((processor) => ({ processor, config: {}, settings: [] })),
        off: [],
        limits: { maxAgeMs: 86_400_000, maxBytes: 1_000_000 },
        alerts: {
          targets: { webhookUrl: `${target.url}/hook-secret`, heartbeatUrl: `${target.url}/beat-secret` },
          durability: "disk",
          pace: { everyMs: 50, firstMs: 0 },
        },
        about: { host: "test", pid: 7, version: "0.0.0" },
        log: testLog(log),
        registry: workers === 1 ? registry : new Registry(),
        onZombie: () => undefined,
      });
      onTestFinished(() => worker.stop(0));
    },
    async receive(name) {
      const { rawBody: body } = capture(name);
      const delivery = { hook: "default", receivedAt: Date.now(), meta: { secretNumber: 1 }, body };
      return (await accept(redis, delivery, undefined, { windowMs: 60_000 })).id;
    },
  };
}

test("people hear of dead letters, without what the event says, and when they are gone", async () => {
  const { start, receive, texts, redis, registry, log } = await makeWorld();
  const answers = { now: 500 };
  const failing = defineProcessor({
    name: "failing",
    on: "*",
    handle: () => {
      if (answers.now !== 200) throw new PermanentError("mailbox 1234 is full, <!channel>");
      return handled();
    },
  });
  await start([failing]);
  const id = await receive("note-plain-japanese");
  await until(() => texts().length > 0);
  expect(texts()[0]).toMatch(
    /^🟠 1 dead letter of failing, since .*: PermanentError PERMANENT: mailbox \\<n\\> is full, \\<!channel\\>\n/,
  );
  expect(texts()[0]).toContain("`misskeep dead groups failing`");
  answers.now = 200;
  const queues = openQueues(redis, () => undefined);
  onTestFinished(() => queues.close());
  expect(await replayDeadLetter(redis, queues, "failing", id)).toBeTruthy();
  await until(() => texts().length > 1);
  expect(texts()[1]).toMatch(/^🟢 solved: dead letters of failing: PermanentError/);
  await until(async () =>
    (await registry.metrics()).includes('misskeep_alert_messages_total{result="sent"} 2'),
  );
  expect(JSON.stringify(log)).not.toContain("-secret");
});

test("people hear of a processor that paused itself, from one of two workers", async () => {
  const { start, receive, texts, target, redis } = await makeWorld();
  const picky = defineProcessor({
    name: "picky",
    on: "*",
    handle: () => Promise.reject(new Misconfigured("The target answered 404.")),
  });
  const beats = (): number => target.requests.filter(({ path }) => path === "/beat-secret").length;
  await start([picky]);
  await until(() => beats() === 1);
  await start([picky]);
  await receive("note-plain-japanese");
  await until(() => texts().length > 0);
  const stored = await until(async () => {
    const state = await redis.hget(keys.alerts, "paused:picky");
    return state?.includes('"isTold":true') ? state : undefined;
  });
  // What is stored and found no more is called solved: so that there was another look.
  await redis.hset(keys.alerts, "paused:gone", stored);
  await until(() => texts().length > 1);
  expect(texts()).toEqual([
    expect.stringMatching(/^🔴 picky paused itself .*: The target answered 404\./),
    expect.stringMatching(/^🟢 solved: picky paused itself/),
  ]);
});
