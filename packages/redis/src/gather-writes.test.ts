import { once } from "node:events";
import { ownRedis } from "@misskeep/testkit";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { connectRedis, parseInfo, type Redis, waitUntilReady } from "./index.ts";

let url: string;
beforeAll(async () => {
  const server = await ownRedis();
  url = server.url;
  return () => server.stop();
});

async function connect(): Promise<Redis> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

/** How often Redis had to read from its sockets. */
async function reads(redis: Redis): Promise<number> {
  return Number(parseInfo(await redis.info("stats")).get("total_reads_processed"));
}

/** Others may look at the same server meanwhile: its own PING, a second look. */
const SOME = 5;

test.each([
  ["a connection", (redis: Redis) => Promise.resolve(redis)],
  [
    "a copy of it",
    async (redis: Redis) => {
      const copy = redis.duplicate();
      onTestFinished(() => copy.disconnect());
      await waitUntilReady(copy, 10_000);
      return copy;
    },
  ],
])("%s: what is asked in one go, and what is asked next, each leaves in one write", async (_, make) => {
  const observer = await connect();
  const redis = await make(await connect());
  const before = await reads(observer);
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (__, index) => {
      await redis.set(`key-${index}`, index);
      return redis.get(`key-${index}`);
    }),
  );
  expect(answers).toEqual(answers.map((___, index) => String(index)));
  expect((await reads(observer)) - before).toBeLessThan(2 + SOME + 10);
});

test("what was asked right before the connection is ended still leaves", async () => {
  const redis = await connect();
  const told = redis.set("last", "word").catch((error: Error) => error.message);
  redis.disconnect();
  await told;
  const observer = await connect();
  await expect.poll(() => observer.get("last")).toBe("word");
});

test("after the connection is lost in the midst, the next one is served too", async () => {
  const redis = await connect();
  const isBack = once(redis, "ready");
  redis.stream.destroy();
  await isBack;
  expect(await Promise.all([redis.set("a", "1"), redis.get("a")])).toEqual(["OK", "1"]);
});
