/** Dispatcher, processors and runs go on by themselves after whatever came between a worker and Redis. */
import { setTimeout as sleep } from "node:timers/promises";
import { accept } from "@misskeep/inbox";
import { defineProcessor, handled } from "@misskeep/processor";
import { createRun, findRun, type Run } from "@misskeep/queue";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { capture, farRedis, outages, until } from "@misskeep/testkit";
import { Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { startWorker } from "./start-worker.ts";
import { type LogLine, testLog } from "./test-support/logs.ts";

/** A busy machine may need long, but what never goes on is to fail. */
const PATIENCE = { timeout: 60_000 };
const OLD_EVENTS = 40;
/** So that the run is still under way when any outage is over. */
const A_SECOND = 5;

let count = 0;

async function acceptOne(redis: Redis): Promise<string> {
  // Equal bytes would be the same event.
  const body = Buffer.concat([capture("note-plain-japanese").rawBody, Buffer.from(" ".repeat((count += 1)))]);
  const delivery = { hook: "default", receivedAt: Date.now(), meta: { secretNumber: 1 }, body };
  return (await accept(redis, delivery, undefined, { windowMs: 60_000 })).id;
}

function backfill(redis: Redis): Promise<{ readonly created: string } | { readonly active: string }> {
  const to = Date.now() + 60_000;
  return createRun(redis, {
    processor: "p",
    name: "a run",
    kind: "backfill",
    scope: { kind: "backfill", processor: "p", from: 0, to },
    by: "mio",
    why: "a test",
    createdAt: Date.now(),
    until: to,
    total: OLD_EVENTS,
    ratePerSecond: A_SECOND,
    guard: null,
  });
}

test.each(outages)(
  "$name: what comes is dispatched and handled afterwards, and a run goes on",
  async ({ strike }) => {
    const far = await farRedis();
    onTestFinished(() => far.stop());
    const direct = connectRedis({ url: far.server.url, role: "command" });
    const redis = connectRedis({ url: far.url, role: "command" });
    onTestFinished(() => direct.disconnect());
    await Promise.all([waitUntilReady(direct, 30_000), waitUntilReady(redis, 30_000)]);
    const live = new Set<string>();
    const ofTheRun = new Set<string>();
    const processor = defineProcessor({
      name: "p",
      on: "*",
      handle(event, { idempotencyKey }) {
        (idempotencyKey.includes("~") ? ofTheRun : live).add(event.id);
        return handled();
      },
    });
    const log: LogLine[] = [];
    const worker = await startWorker({
      redis,
      connect: (name) => connectRedis({ url: far.url, role: "worker", name }),
      chosen: [{ processor, config: {}, settings: [] }],
      off: [],
      limits: { maxAgeMs: 86_400_000, maxBytes: 100_000_000 },
      about: { host: "test", pid: 7, version: "0.0.0" },
      log: testLog(log),
      registry: new Registry(),
      onZombie: () => undefined,
    });
    onTestFinished(() => worker.stop(0));

    const accepted: string[] = [];
    while (accepted.length < OLD_EVENTS) accepted.push(await acceptOne(direct));
    await until(() => live.size === OLD_EVENTS, PATIENCE);
    const run = await backfill(direct);
    if (!("created" in run)) throw new Error("A run is under way.");
    await until(() => ofTheRun.size > 0, PATIENCE);

    let isOver = false;
    const struck = strike(far).then(() => (isOver = true));
    while (!isOver) {
      // Ingest may reach Redis by another way, or spool.
      await acceptOne(direct).then(
        (id) => accepted.push(id),
        () => undefined,
      );
      await sleep(50);
    }
    await struck;

    accepted.push(await until(() => acceptOne(direct).catch(() => undefined), PATIENCE));
    await until(() => accepted.every((id) => live.has(id)), PATIENCE);
    const ended = await until(async (): Promise<Run | undefined> => {
      const now = await findRun(direct, run.created);
      return now?.state === "done" ? now : undefined;
    }, PATIENCE);
    expect(ended.items.handled + ended.items.skipped).toBeGreaterThanOrEqual(OLD_EVENTS);
    // Nobody had to help.
    expect(log.filter(({ message }) => message.includes("sat idle"))).toEqual([]);
  },
  180_000,
);
