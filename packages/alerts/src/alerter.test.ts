import { keys } from "@misskeep/redis";
import { ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { LOCK_MS } from "./lock.ts";
import { group, processor, readings } from "./test-support/readings.ts";
import { makeWorld } from "./test-support/world.ts";

const MINUTE = 60_000;
const LOST = { redis: { ...readings().redis, level: "none" } } as const;

test("tells once, reminds after an hour, and says when it is solved", async () => {
  const { worker, finds, passes, texts } = await makeWorld();
  const one = worker("one");
  finds(LOST);
  await one.look();
  expect(texts()).toEqual([
    "🔴 Durability is none, and DURABILITY asks for disk: events go to the spool.\n`misskeep doctor` · https://keep.example/",
  ]);
  passes(59 * MINUTE);
  await one.look();
  expect(texts()).toHaveLength(1);
  passes(MINUTE);
  await one.look();
  expect(texts()[1]).toMatch(/^🔴 still: Durability/);
  finds({});
  await one.look();
  await one.look();
  expect(texts().slice(2)).toEqual(["🟢 solved: durability is lost (after 60 min)"]);
});

test("a worker that takes over repeats nothing, and ends what another began", async () => {
  const { worker, finds, texts } = await makeWorld();
  finds({ groups: [group()] });
  const one = worker("one");
  await one.look();
  await one.stop();
  const two = worker("two");
  await two.look();
  expect(texts()).toHaveLength(1);
  finds({});
  await two.look();
  expect(texts()[1]).toMatch(/^🟢 solved: dead letters of relay/);
});

test("of many workers that look at the same time, one tells", async () => {
  const { worker, finds, passes, texts, beats } = await makeWorld();
  const workers = Array.from({ length: 8 }, (_, index) => worker(`w${index}`));
  finds({ groups: [group()] });
  for (let round = 0; round < 4; round++) {
    await Promise.all(workers.map((each) => each.look()));
    passes(15_000);
  }
  expect(texts()).toHaveLength(1);
  expect(beats()).toBe(1);
});

test("a dead worker's lock ends by itself; one that stops gives it back at once", async () => {
  const { worker, finds, texts, redis } = await makeWorld();
  await worker("dead").look();
  const ttl = await redis.pttl(keys.lock("alerts"));
  expect(ttl).toBeGreaterThan(0);
  expect(ttl).toBeLessThanOrEqual(LOCK_MS);
  finds(LOST);
  const two = worker("two");
  await two.look();
  expect(texts()).toEqual([]);
  await redis.pexpire(keys.lock("alerts"), 1);
  await until(async () => {
    await two.look();
    return texts().length === 1;
  });
  await two.stop();
  expect(await redis.exists(keys.lock("alerts"))).toBe(0);
});

test("a worker that lost the lock while it looked tells nothing", async () => {
  const { worker, finds, texts, redis, target } = await makeWorld();
  finds({ ...LOST, groups: [group()] });
  target.answerWith(async () => {
    await redis.set(keys.lock("alerts"), "another");
    return { status: 204 };
  });
  await worker("one").look();
  // The first was on its way; the second is the other worker's to send.
  expect(texts()).toHaveLength(1);
});

test("what the target does not take is tried again later, as it is then", async () => {
  const { worker, finds, passes, texts, target, log } = await makeWorld();
  const one = worker("one");
  target.answerWith(({ path }) => ({ status: path === "/hook-secret" ? 500 : 204 }));
  finds({ ...LOST, groups: [group()] });
  await one.look();
  expect(texts()).toHaveLength(1);
  await one.look();
  expect(texts()).toHaveLength(1);
  target.answerWith(() => ({ status: 204 }));
  finds({ groups: [group()] });
  passes(15_000);
  await one.look();
  expect(texts().slice(1)).toEqual([expect.stringMatching(/^🟠 3 dead letters/)]);
  expect(log).toMatchObject([{ level: "error", fields: { reason: "HTTP 500", waitMs: 15_000 } }]);
  expect(JSON.stringify(log)).not.toContain("secret");
});

test("comes back when a 429 says, not earlier", async () => {
  const { worker, finds, passes, texts, target } = await makeWorld();
  const one = worker("one");
  target.answerWith(() => ({ status: 429, headers: { "retry-after": "120" } }));
  finds(LOST);
  await one.look();
  passes(119_000);
  await one.look();
  expect(texts()).toHaveLength(1);
  passes(1_000);
  await one.look();
  expect(texts()).toHaveLength(2);
});

test("many causes at once: a few messages a minute, the last of them for the rest", async () => {
  const { worker, finds, passes, texts, redis } = await makeWorld();
  const one = worker("one");
  const groups = Array.from({ length: 300 }, (_, index) => group({ group: `g${index}` }));
  finds({ groups });
  await one.look();
  expect(texts()).toHaveLength(5);
  expect(texts()[4]).toMatch(/^and 296 more:/);
  expect(await redis.hlen(keys.alerts)).toBe(301);
  finds({ groups: [...groups, group({ group: "late" })] });
  await one.look();
  expect(texts()).toHaveLength(5);
  passes(MINUTE);
  await one.look();
  expect(texts()).toHaveLength(6);
});

test("a group that was not looked at is not called solved", async () => {
  const { worker, finds, texts } = await makeWorld();
  const one = worker("one");
  finds({ groups: [group()] });
  await one.look();
  finds({ unseen: new Set(["dead:relay:0123456789ab"]) });
  await one.look();
  expect(texts()).toHaveLength(1);
  finds({});
  await one.look();
  expect(texts()).toHaveLength(2);
});

test("Redis goes away when a message was sent: the worker does not send it again, another one at most once", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const { worker, finds, texts, target, redis } = await makeWorld(server.url);
  target.answerWith(async () => {
    await server.kill();
    return { status: 204 };
  });
  const one = worker("one");
  finds(LOST);
  await expect(one.look()).rejects.toThrow(/./);
  expect(texts()).toHaveLength(1);
  target.answerWith(() => ({ status: 204 }));
  await server.restart();
  await until(() => redis.ping());
  await one.look();
  expect(texts()).toHaveLength(1);
  await one.stop();
  await worker("two").look();
  expect(texts()).toHaveLength(1);
});

test("a worker that dies between sending and storing: the next one sends it once more", async () => {
  const { worker, finds, texts, target, redis } = await makeWorld();
  finds(LOST);
  const dying = worker("dying");
  target.answerWith(async () => {
    // As if it was dead since: the lock is not its own any more, so it stores nothing.
    await redis.del(keys.lock("alerts"));
    return { status: 204 };
  });
  await dying.look();
  target.answerWith(() => ({ status: 204 }));
  const two = worker("two");
  await two.look();
  await two.look();
  expect(texts()).toHaveLength(2);
});

test("tells that Redis is full once, although it is full", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const { worker, finds, texts, redis } = await makeWorld(server.url);
  await redis.config("SET", "maxmemory", "1");
  await expect(redis.set("x", "y")).rejects.toThrow(/OOM/);
  finds({ redis: { ...readings().redis, usedMemory: 100 } });
  const one = worker("one");
  await one.look();
  await one.look();
  expect(texts()).toEqual([expect.stringMatching(/^🔴 Redis uses/)]);
});

test("sends the heartbeat each minute while nothing is down; a notice does not stop it", async () => {
  const { worker, finds, passes, beats } = await makeWorld();
  const one = worker("one");
  finds({ groups: [group()] });
  for (let look = 0; look < 8; look++) {
    await one.look();
    passes(15_000);
  }
  expect(beats()).toBe(2);
  finds({ processors: [processor({ workers: 0, seenAt: 0 })] });
  passes(MINUTE);
  await one.look();
  expect(beats()).toBe(2);
  finds({});
  await one.look();
  expect(beats()).toBe(3);
});

test("sends no heartbeat while for 5 minutes nobody can be told of anything", async () => {
  const { worker, finds, passes, beats, target } = await makeWorld();
  const one = worker("one");
  target.answerWith(({ path }) => ({ status: path === "/hook-secret" ? 404 : 204 }));
  finds({ groups: [group()] });
  for (let minute = 0; minute <= 10; minute++) {
    await one.look();
    passes(MINUTE);
  }
  expect(beats()).toBe(6);
  target.answerWith(() => ({ status: 204 }));
  passes(5 * MINUTE);
  await one.look();
  expect(beats()).toBe(7);
});

test("stops in the middle of a message, and gives the lock back", async () => {
  const { worker, finds, texts, target, redis } = await makeWorld();
  target.answerWith(() => "hang");
  finds({ ...LOST, groups: [group()] });
  const one = worker("one");
  const look = one.look();
  await until(() => texts().length === 1);
  await one.stop();
  await look;
  expect(texts()).toHaveLength(1);
  expect(await redis.exists(keys.lock("alerts"))).toBe(0);
});
