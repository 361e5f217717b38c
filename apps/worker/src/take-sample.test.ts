import { accept, ensureGroup, recordRefusals } from "@misskeep/inbox";
import { openQueues } from "@misskeep/queue";
import { connectRedis, keys, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { takeSample } from "./take-sample.ts";

test("a sample is of the whole deployment: the inbox, every processor, quarantine", async () => {
  const redis = connectRedis({ url: await freshRedisUrl(), role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const queues = openQueues(redis, () => undefined);
  onTestFinished(() => queues.close());
  expect(await takeSample(redis, queues)).toEqual({
    accepted: 0,
    duplicates: 0,
    refused: 0,
    waiting: 0,
    dead: 0,
    memory: expect.any(Number),
  });

  await ensureGroup(redis);
  const delivery = {
    hook: "default",
    receivedAt: Date.now(),
    meta: { secretNumber: 1 },
    body: Buffer.from("{}"),
  };
  for (const eventId of ["a", "b", "b"])
    await accept(redis, delivery, { server: undefined, eventId }, { windowMs: 60_000 });
  await recordRefusals(
    redis,
    [],
    new Map([
      ["wrong-secret", 3],
      ["too-large", 4],
    ]),
  );
  // A processor of some other worker.
  await redis.hset(keys.subscriptions, "elsewhere", JSON.stringify({ since: 1, seenAt: 1, any: [] }));
  const job = { hook: "default", receivedAt: 1, body: "{}" };
  for (const jobId of ["0-1-1", "0-1-2", "0-1-3"]) await queues.get("elsewhere").add("event", job, { jobId });
  await redis.zadd(keys.queue("quarantine", "failed"), 1, "0-1-1");

  const found = await takeSample(redis, queues);
  expect(found).toMatchObject({ accepted: 2, duplicates: 1, refused: 7, waiting: 5, dead: 1 });
  expect(found.memory).toBeGreaterThan(100_000);
});
