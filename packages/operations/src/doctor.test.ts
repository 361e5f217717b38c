import { ownRedis } from "@misskeep/testkit";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
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
});
