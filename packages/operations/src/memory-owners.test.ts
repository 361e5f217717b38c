import { accept } from "@misskeep/inbox";
import { connectRedis, keys, parseInfo, waitUntilReady } from "@misskeep/redis";
import { ownRedis } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { type Context, openContext } from "./context.ts";
import { findMemoryOwners, measureKey, type MemoryOwner } from "./memory-owners.ts";
import { status } from "./status.ts";

/** A Redis of the test's own, whose memory nobody else fills. */
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

async function used({ redis }: Context): Promise<number> {
  return Number(parseInfo(await redis.info("memory")).get("used_memory"));
}

async function bytesOf(context: Context, what: MemoryOwner["what"]): Promise<number> {
  await context.redis.del(keys.series("owners", 0));
  const owners = await findMemoryOwners(context, await status(context));
  return owners.find((owner) => owner.what === what)?.bytes ?? 0;
}

/** Bodies differ in size, as events do. */
async function addJobs({ queues }: Context, processor: string, count: number): Promise<void> {
  const job = (index: number) => ({
    name: "event" as const,
    data: { hook: "default", receivedAt: 1, body: "x".repeat(500 + (index % 7) * 300) },
    opts: { jobId: `0-1-${index}` },
  });
  await queues.get(processor).addBulk(Array.from({ length: count }, (_, index) => job(index)));
}

test("estimates of jobs are near what they take, whatever their state", async () => {
  const context = await ownContext();
  const { redis } = context;
  await redis.hset(keys.subscriptions, "mail", JSON.stringify({ since: 1, seenAt: 1, any: [] }));
  const before = await used(context);
  await addJobs(context, "mail", 3_000);
  const really = (await used(context)) - before;
  const near = (bytes: number, share: number): void => {
    expect(bytes / (really * share)).toBeGreaterThan(0.75);
    expect(bytes / (really * share)).toBeLessThan(1.25);
  };
  near(await bytesOf(context, "waiting"), 1);

  const ids = await redis.lrange(keys.queue("mail", "wait"), 0, -1);
  for (const [state, from, to] of [
    ["failed", 0, 1_000],
    ["completed", 1_000, 2_000],
  ] as const) {
    const scored = ids.slice(from, to).flatMap((id) => [1, id]);
    await redis.zadd(keys.queue("mail", state), ...scored);
  }
  await redis.ltrim(keys.queue("mail", "wait"), 2_000, -1);
  for (const what of ["waiting", "dead", "ended"] as const) near(await bytesOf(context, what), 1 / 3);
});

async function receive({ redis }: Context, from: number, to: number, windowMs: number): Promise<void> {
  for (let i = from; i < to; i += 1) {
    const delivery = {
      hook: "default",
      receivedAt: Date.now(),
      meta: { secretNumber: 1 },
      body: Buffer.from("{}"),
    };
    await accept(redis, delivery, { server: "s", eventId: `e${i}` }, { windowMs });
  }
}

test("idempotency keys are counted without jobs, and without those that have expired", async () => {
  const context = await ownContext();
  const { redis } = context;
  await redis.hset(keys.subscriptions, "mail", JSON.stringify({ since: 1, seenAt: 1, any: [] }));
  await addJobs(context, "mail", 500);
  await receive(context, 0, 1_000, 600_000);
  // Redis removes what has expired by and by, and very slowly with as many databases as the tests' one has.
  await redis.del(...(await redis.keys("*seen*")));
  await receive(context, 1_000, 2_000, 600_000);
  const count = (await bytesOf(context, "keys")) / (await measureKey(redis));
  expect(count).toBeGreaterThan(990);
  // A few other keys are among them.
  expect(count).toBeLessThan(1_030);
});

test("one idempotency key takes about what is said", async () => {
  const context = await ownContext();
  const { redis } = context;
  await receive(context, 0, 1, 600_000);
  const [name = ""] = await redis.keys("*seen*");
  const value = (await redis.get(name)) ?? "";
  const before = await used(context);
  const count = 40_000;
  for (let i = 0; i < count; i += 1_000) {
    const pipeline = redis.pipeline();
    for (let j = i; j < i + 1_000; j += 1)
      pipeline.set(name.slice(0, -6) + String(100_000 + j), value, "PX", 600_000);
    await pipeline.exec();
  }
  const really = ((await used(context)) - before) / count;
  const told = await measureKey(redis);
  expect(told / really).toBeGreaterThan(0.75);
  expect(told / really).toBeLessThan(1.25);
});

test("the largest comes first, and with the rest they are what Redis uses", async () => {
  const context = await ownContext();
  await addJobs(context, "quarantine", 500);
  const found = await status(context);
  const owners = await findMemoryOwners(context, found);
  expect(owners.map(({ bytes }) => bytes)).toEqual(
    owners.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
  );
  expect(owners.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(found.redis.usedMemory);
});

test("it is measured at most once in 30 s, and on a full Redis too", async () => {
  const context = await ownContext();
  await addJobs(context, "quarantine", 10);
  const found = await status(context);
  const first = await findMemoryOwners(context, found);
  await addJobs(context, "quarantine", 500);
  expect(await findMemoryOwners(context, found)).toEqual(first);
  expect(await context.redis.ttl(keys.series("owners", 0))).toBeLessThanOrEqual(30);
  await context.redis.del(keys.series("owners", 0));
  await context.redis.config("SET", "maxmemory", "1");
  expect(await findMemoryOwners(context, found)).not.toEqual([]);
});

test("a server that forbids MEMORY shows no owners, and all else", async () => {
  const context = await ownContext();
  await receive(context, 0, 1, 600_000);
  await addJobs(context, "quarantine", 10);
  await context.redis.acl("SETUSER", "default", "-memory");
  expect(await findMemoryOwners(context, await status(context))).toEqual([]);
  expect(await measureKey(context.redis)).toBeGreaterThan(100);
});
