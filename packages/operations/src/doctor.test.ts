import { accept } from "@misskeep/inbox";
import { keepBeating } from "@misskeep/queue";
import { connectRedis, DISPATCHERS, keys, waitUntilReady } from "@misskeep/redis";
import { exampleBody } from "@misskeep/schema";
import { ownRedis } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { deploy, processor } from "../test-support/deployment.ts";
import { type Context, openContext } from "./context.ts";
import { doctor, type Finding } from "./doctor.ts";

function of(findings: readonly Finding[], check: Finding["check"]): readonly Finding[] {
  return findings.filter((finding) => finding.check === check);
}

/** A Redis of the test's own, whose configuration it may change. */
async function ownContext(): Promise<Context> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = connectRedis({ url: server.url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const context = openContext(redis, () => {});
  onTestFinished(() => context.queues.close());
  return context;
}

describe("doctor", () => {
  test("finds nothing wrong with a Redis as it should be and a worker", async () => {
    const { context, start } = await deploy();
    await start([processor("mail")]);
    const { healthy, durability, findings } = await doctor(context, { wanted: "disk" });
    expect(findings.filter(({ level, check }) => level !== "ok" && check !== "memory")).toEqual([]);
    expect({ healthy, durability }).toEqual({ healthy: true, durability: "disk" });
  });

  test("says what to do about each thing that lowers the durability", async () => {
    const context = await ownContext();
    await context.redis.config("SET", "appendfsync", "everysec");
    await context.redis.config("SET", "maxmemory-policy", "allkeys-lru");
    const { healthy, findings } = await doctor(context, { wanted: "disk" });
    expect(healthy).toBe(false);
    const found = of(findings, "durability");
    expect(found.map(({ level }) => level)).toEqual(["fail", "fail", "fail"]);
    expect(found.map(({ remedy }) => remedy).join(" ")).toMatch(
      /`appendfsync always`.*`maxmemory-policy noeviction`/,
    );
  });

  test("is content with less where less is asked for", async () => {
    const context = await ownContext();
    await context.redis.config("SET", "appendfsync", "everysec");
    const { healthy, findings } = await doctor(context, { wanted: "second" });
    expect(healthy).toBe(true);
    expect(of(findings, "durability").map(({ level }) => level)).toEqual(["ok", "warn"]);
  });

  test("fails when Redis is so full that ingest takes no more, and warns without any limit", async () => {
    const context = await ownContext();
    await context.redis.config("SET", "maxmemory", "0");
    const without = await doctor(context, { wanted: "none" });
    expect(of(without.findings, "memory")).toMatchObject([{ level: "warn" }]);
    const used = /used_memory:(\d+)/.exec(await context.redis.info("memory"))?.[1];
    await context.redis.config("SET", "maxmemory", String(Math.round(Number(used) * 1.1)));
    const full = await doctor(context, { wanted: "none" });
    expect(of(full.findings, "memory")).toMatchObject([{ level: "fail" }]);
    expect(full.healthy).toBe(false);
  });

  test("warns of clocks that disagree, and of nobody at work", async () => {
    const { context } = await deploy();
    const { healthy, findings } = await doctor(context, { wanted: "none", now: () => Date.now() - 60_000 });
    expect(of(findings, "clock")).toMatchObject([
      { level: "warn", message: expect.stringContaining("ahead of") },
    ]);
    expect(of(findings, "workers")).toMatchObject([{ level: "warn" }]);
    expect(healthy).toBe(true);
  });

  test("warns of a worker whose clock is off, and of settings that are there in part", async () => {
    const { context } = await deploy();
    const off = [
      { name: "relay", why: "RELAY_SECRET is not set", partly: true, settings: [] },
      { name: "slack", why: "SLACK_WEBHOOK_URL is not set", partly: false, settings: [] },
    ];
    const worker = {
      id: "w1",
      startedAt: 1,
      about: { host: "wrong-clock", pid: 7, version: "1" },
      state: () => ({ at: Date.now() - 3_600_000, rssBytes: 1, running: [] }),
      details: { off, rules: {} },
    };
    const signOff = await keepBeating(context.redis, worker, new Map(), () => {});
    const { findings } = await doctor(context, { wanted: "none" });
    expect(of(findings, "clock")).toMatchObject([
      { level: "ok" },
      { level: "warn", message: expect.stringMatching(/wrong-clock \(7\) is 3600 s behind/) },
    ]);
    expect(of(findings, "settings")).toMatchObject([
      { level: "warn", message: expect.stringContaining("relay is off (RELAY_SECRET is not set)") },
    ]);
    // A worker that is gone matters no longer.
    await signOff();
    const later = await doctor(context, { wanted: "none" });
    expect(of(later.findings, "clock")).toHaveLength(1);
    expect(of(later.findings, "settings")).toEqual([]);
  });

  test("warns of events that a dispatcher holds and nobody takes over", async () => {
    const { context, receive } = await deploy();
    const { redis } = context;
    await receive(exampleBody("note"));
    await receive(exampleBody("note"));
    await redis.xreadgroup("GROUP", DISPATCHERS, "dead-one", "STREAMS", keys.inbox, ">");
    const [, held] = (await redis.xpending(keys.inbox, DISPATCHERS)) as [number, string];
    const age = (ms: number) =>
      redis.call("XCLAIM", keys.inbox, DISPATCHERS, "dead-one", 0, held, "IDLE", ms, "JUSTID");
    await age(60_000);
    expect(of((await doctor(context, { wanted: "none" })).findings, "dispatch")).not.toMatchObject([
      { message: expect.stringContaining("held") },
    ]);
    await age(91_000);
    expect(of((await doctor(context, { wanted: "none" })).findings, "dispatch")).toMatchObject([
      { level: "warn", message: expect.stringMatching(/^1 event is held/) },
    ]);
  });

  test("warns of jobs that no live worker runs, and of a removed processor's", async () => {
    const { context, start } = await deploy();
    await start([processor("mail")], { running: false });
    const add = (name: string) =>
      context.queues
        .get(name)
        .add("event", { hook: "default", receivedAt: 1, body: "{}" }, { jobId: "0-1-1" });
    const stop = await start([processor("bridge")], { running: false });
    await stop();
    await add("bridge");
    await context.redis.hset(keys.removed, "old", Date.now());
    await add("old");
    expect(of((await doctor(context, { wanted: "none" })).findings, "queues")).toMatchObject([
      { level: "warn", message: "Processor bridge has jobs (1 waiting), and no live worker runs it." },
      { level: "warn", message: "Processor old was removed, and its queue still has jobs (1 waiting)." },
    ]);
  });

  test("says what the idempotency window will cost at the present rate, once there is one", async () => {
    const context = await ownContext();
    const { redis } = context;
    const none = await doctor(context, { wanted: "none" });
    expect(of(none.findings, "window")).toEqual([]);

    const delivery = {
      hook: "default",
      receivedAt: Date.now(),
      meta: { secretNumber: 1 },
      body: Buffer.from("{}"),
    };
    const windowMs = 4 * 86_400_000;
    await accept(redis, delivery, { server: undefined, eventId: "e1" }, { windowMs });
    const early = await doctor(context, { wanted: "none" });
    expect(of(early.findings, "window")).toMatchObject([
      { level: "ok", message: expect.stringContaining("window of 4 days will cost is not known yet") },
    ]);

    // 14 steps of 5 minutes, each with 100 events more: 28,800 a day.
    const step = 300_000;
    const start = Math.floor(Date.now() / step) * step;
    for (let i = 1; i <= 14; i += 1) {
      const sample = {
        at: 1,
        accepted: 10_000 - i * 100,
        duplicates: 0,
        refused: 0,
        waiting: 0,
        dead: 0,
        memory: 0,
      };
      await redis.hset(keys.series("5m", start - i * step), sample);
    }
    const known = await doctor(context, { wanted: "none" });
    expect(of(known.findings, "window")).toMatchObject([
      {
        level: "ok",
        message: expect.stringMatching(
          /^At 28800 events a day the window of 4 days holds 115200 keys, about 1\d\.\d MiB/,
        ),
      },
    ]);

    await redis.config("SET", "maxmemory", String(24 * 1024 ** 2));
    const much = await doctor(context, { wanted: "none" });
    expect(of(much.findings, "window")).toMatchObject([
      { level: "warn", remedy: expect.stringContaining("IDEMPOTENCY_WINDOW") },
    ]);
  });

  test("measures the window from the last duplicate on, which renews it", async () => {
    const context = await ownContext();
    const { redis } = context;
    const windowMs = 2 * 86_400_000;
    const body = Buffer.from("{}");
    const at = Date.now();
    const receive = (receivedAt: number) =>
      accept(
        redis,
        { hook: "default", receivedAt, meta: { secretNumber: 1 }, body },
        { server: undefined, eventId: "e1" },
        { windowMs },
      );
    await receive(at);
    await receive(at);
    // As if both had been a day ago.
    const [name = ""] = await redis.keys("*seen*");
    const value = (await redis.get(name)) ?? "";
    const [id = "", first, count] = value.split(" ");
    expect(count).toBe("1");
    await redis.set(
      name,
      `${Number(id.split("-")[0]) - 3 * 86_400_000}-0 ${first} 1 ${at - 86_400_000}`,
      "PX",
      windowMs - 86_400_000,
    );
    const { findings } = await doctor(context, { wanted: "none" });
    expect(of(findings, "window")).toMatchObject([{ message: expect.stringContaining("window of 2 days") }]);
  });
});
