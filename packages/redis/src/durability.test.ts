import { freshRedisUrl, ownRedis } from "@misskeep/testkit";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { connectRedis } from "./connect.ts";
import { checkDurability, isAtLeast, judge, parseInfo } from "./durability.ts";
import { waitUntilReady } from "./ready.ts";

async function connect(url: string): Promise<Redis> {
  const redis = connectRedis({ url, role: "command" });
  await waitUntilReady(redis, 10_000);
  return redis;
}

describe("on a server of its own", () => {
  let url: string;
  let redis: Redis;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const server = await ownRedis();
    ({ url } = server);
    stop = () => server.stop();
    redis = await connect(url);
  });
  afterAll(async () => {
    redis.disconnect();
    await stop();
  });
  beforeEach(async () => {
    await configure({
      appendonly: "yes",
      appendfsync: "always",
      "no-appendfsync-on-rewrite": "no",
      "maxmemory-policy": "noeviction",
      maxmemory: "0",
    });
  });

  async function configure(settings: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(settings)) await redis.config("SET", name, value);
  }

  test.each<[string, string, Record<string, string>, RegExp[]]>([
    ["disk", "as Misskeep wants it", {}, []],
    ["second", "appendfsync everysec", { appendfsync: "everysec" }, [/^appendfsync is everysec/]],
    ["none", "appendfsync no", { appendfsync: "no" }, [/^appendfsync is no:/]],
    ["none", "appendonly no", { appendonly: "no" }, [/^appendonly is not yes/]],
    [
      "second",
      "no sync during rewrites",
      { "no-appendfsync-on-rewrite": "yes" },
      [/^no-appendfsync-on-rewrite/],
    ],
    ["none", "any key may be evicted", { "maxmemory-policy": "allkeys-lru" }, [/allkeys-lru/]],
    ["none", "keys with a time may be evicted", { "maxmemory-policy": "volatile-ttl" }, [/volatile-ttl/]],
    [
      "second",
      "two things that each cost a second",
      { appendfsync: "everysec", "no-appendfsync-on-rewrite": "yes" },
      [/^appendfsync is everysec/, /^no-appendfsync-on-rewrite/],
    ],
    [
      "none",
      "something worse before something bad",
      { appendonly: "no", "no-appendfsync-on-rewrite": "yes" },
      [/^appendonly/, /^no-appendfsync-on-rewrite/],
    ],
    [
      "none",
      "everything wrong",
      { appendonly: "no", "no-appendfsync-on-rewrite": "yes", "maxmemory-policy": "allkeys-random" },
      [/^appendonly/, /^no-appendfsync-on-rewrite/, /allkeys-random/],
    ],
  ])("the level is %s with %s, and every reason is told", async (level, _, settings, findings) => {
    await configure(settings);
    const report = await checkDurability(redis);
    expect(report.level).toBe(level);
    expect(report.findings).toEqual(findings.map((finding) => expect.stringMatching(finding)));
  });

  test("version and memory are told", async () => {
    await configure({ maxmemory: "200mb" });
    const report = await checkDurability(redis);
    expect(report.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(report.maxMemory).toBe(200 * 1024 * 1024);
    expect(report.usedMemory).toBeGreaterThan(100_000);
    expect(report.usedMemory).toBeLessThan(200 * 1024 * 1024);
  });

  test("a server that forbids CONFIG to this user is unknown, and says what to do", async () => {
    await redis.acl("SETUSER", "guest", "on", ">guest", "~*", "+@all", "-config");
    const guest = await connect(url.replace(/\/\/[^@]*@|\/\//, "//guest:guest@"));
    onTestFinished(() => guest.disconnect());
    expect(await guest.acl("WHOAMI")).toBe("guest");
    const report = await checkDurability(guest);
    expect(report).toMatchObject({ level: "unknown", findings: [expect.stringMatching(/forbids CONFIG/)] });
    expect(report.version).toMatch(/^\d/);
  });
});

test("a server that does not answer is an error, not a level", async () => {
  const redis = await connect(await freshRedisUrl());
  redis.disconnect();
  await expect(checkDurability(redis)).rejects.toThrow(/writeable|closed/);
});

test.each([
  ["disk", ["disk", "second", "none"]],
  ["second", ["second", "none"]],
  ["none", ["none"]],
  ["unknown", ["none"]],
] as const)("%s passes for %j and for nothing else", (level, passes) => {
  const wanted = ["disk", "second", "none"] as const;
  expect(wanted.filter((each) => isAtLeast(level, each))).toEqual(passes);
});

test("a server that cannot write its append-only file keeps nothing for sure, whatever it is configured to do", () => {
  const config = new Map([
    ["appendonly", "yes"],
    ["appendfsync", "everysec"],
    ["no-appendfsync-on-rewrite", "no"],
    ["maxmemory-policy", "noeviction"],
  ]);
  const levelWith = (status: string) => judge(config, new Map([["aof_last_write_status", status]])).level;
  expect([levelWith("ok"), levelWith("err")]).toEqual(["second", "none"]);
});

test("INFO is read by its lines: values may hold colons, titles are no values", () => {
  expect(
    parseInfo("# Server\r\nredis_version:7.0.15\r\nexecutable:/a:b\r\n\r\n# Memory\r\nmaxmemory:0\r\n"),
  ).toEqual(
    new Map([
      ["redis_version", "7.0.15"],
      ["executable", "/a:b"],
      ["maxmemory", "0"],
    ]),
  );
});
