import { once } from "node:events";
import { ownRedis } from "@misskeep/testkit";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { connectRedis, type Redis, waitUntilReady } from "./index.ts";

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

/** How often the connection writes: Redis itself may well read several writes at once. */
function countWrites({ stream }: Redis): () => number {
  let writes = 0;
  const { _write, _writev } = stream;
  Object.assign(stream, {
    _write(...args: Parameters<typeof _write>) {
      writes += 1;
      _write.apply(stream, args);
    },
    _writev(...args: Parameters<NonNullable<typeof _writev>>) {
      writes += 1;
      _writev?.apply(stream, args);
    },
  });
  return () => writes;
}

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
])("%s: what is asked in one go leaves in one write, and what all then ask next in few", async (_, make) => {
  const redis = await make(await connect());
  const writes = countWrites(redis);
  const next: Promise<unknown>[] = [];
  const sets = Array.from({ length: 200 }, (__, index) => redis.set(`key-${index}`, index));
  for (const [index, set] of sets.entries()) next.push(set.then(() => redis.get(`key-${index}`)));
  expect(await Promise.all(next)).toEqual(sets.map((___, index) => String(index)));
  expect(writes()).toBeLessThan(40);
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
