import { personDigest } from "@misskeep/queue";
import { connectRedis, keys, waitUntilReady } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { deploy } from "../test-support/deployment.ts";
import { listAudit, recordAudit } from "./audit.ts";

const me = { by: "mio", why: "the target is back" };

describe("the audit", () => {
  test("tells who did what and why, newest first, page by page", async () => {
    const { context } = await deploy();
    for (let i = 0; i < 5; i += 1)
      await recordAudit(context, me, { what: "replay", target: `job-${i}`, count: i });
    await recordAudit(context, me, { what: "export", target: "mail", filter: { type: "note" } });
    const first = await listAudit(context, { limit: 4 });
    expect(first.entries[0]).toEqual({
      id: expect.any(String),
      at: expect.any(Number),
      by: "mio",
      why: "the target is back",
      what: "export",
      target: "mail",
      filter: { type: "note" },
      count: null,
    });
    const second = await listAudit(context, { limit: 4, cursor: first.next ?? undefined });
    expect([...first.entries, ...second.entries].map(({ target }) => target)).toEqual([
      "mail",
      "job-4",
      "job-3",
      "job-2",
      "job-1",
      "job-0",
    ]);
    expect(second.next).toBeNull();
    expect(second.entries.at(-1)).toMatchObject({ filter: null, count: 0 });
  });

  test("ends with a full last page, and is empty at first", async () => {
    const { context } = await deploy();
    expect(await listAudit(context, { limit: 2 })).toEqual({ entries: [], next: null });
    await recordAudit(context, me, { what: "mute", target: "g" });
    await recordAudit(context, me, { what: "mute", target: "h" });
    expect((await listAudit(context, { limit: 2 })).next).toBeNull();
  });

  test("keeps neither what was searched for nor whom", async () => {
    const { context } = await deploy();
    const filter = { processor: "mail", text: "my secret thought", person: "@Alice@Example.tld" };
    await recordAudit(context, me, { what: "discard", target: "mail", filter: { kind: "discard", filter } });
    const { entries } = await listAudit(context, { limit: 1 });
    expect(entries[0]?.filter).toEqual({
      kind: "discard",
      filter: { processor: "mail", text: "17 characters", person: personDigest("alice@example.tld") },
    });
    expect(JSON.stringify(entries).toLowerCase()).not.toMatch(/secret thought|alice/);
  });

  test("cuts what is too long, and still reads it", async () => {
    const { context } = await deploy();
    const long = "x".repeat(100_000);
    const actor = { by: long, why: long };
    await recordAudit(context, actor, { what: "replay", target: long, filter: { types: [long] } });
    const { entries } = await listAudit(context, { limit: 1 });
    expect(JSON.stringify(entries).length).toBeLessThan(2_000);
    expect(entries[0]?.filter).toEqual({ tooLong: 100_014 });
  });

  test("keeps some ten thousand entries", async () => {
    const { context } = await deploy();
    const many = context.redis.pipeline();
    for (let i = 0; i < 12_000; i += 1) many.xadd(keys.audit, "*", "by", "a", "what", "mute", "target", "t");
    await many.exec();
    await recordAudit(context, me, { what: "mute", target: "last" });
    const length = await context.redis.xlen(keys.audit);
    expect(length).toBeGreaterThanOrEqual(10_000);
    expect(length).toBeLessThan(10_300);
  });

  test("is written into a full Redis too", async () => {
    const server = await ownRedis();
    onTestFinished(() => server.stop());
    const redis = connectRedis({ url: server.url, role: "command" });
    onTestFinished(() => redis.disconnect());
    await waitUntilReady(redis, 10_000);
    await redis.config("SET", "maxmemory", "1");
    await expect(redis.set("x", "y")).rejects.toThrow("OOM");
    await recordAudit({ redis }, me, { what: "erase", target: "now" });
    expect((await listAudit({ redis }, { limit: 1 })).entries[0]?.target).toBe("now");
  });

  test("refuses a cursor that it never gave", async () => {
    const { context } = await deploy();
    for (const cursor of ["", "x", "1", "-", "+", "1-1-1", "99999999999999999-1"])
      await expect(listAudit(context, { limit: 1, cursor })).rejects.toMatchObject({
        code: "INVALID_CURSOR",
      });
  });
});
