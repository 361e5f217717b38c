import { handled, PermanentError } from "@misskeep/processor";
import { keys } from "@misskeep/redis";
import { ownRedis, until } from "@misskeep/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { dumpIndex, placeDead } from "../../test-support/dead-index.ts";
import { aBody, anId, aRunnable, openWorld, untilState, type World } from "../../test-support/world.ts";
import { replayDeadLetter } from "../dead-letters.ts";
import { dropDeadIndex } from "./drop.ts";
import { fingerprint } from "./fingerprint.ts";
import { setGroupMuted, setGroupResolved } from "./group-marks.ts";
import { findDeadGroup } from "./groups.ts";
import { derivedKeys, facetName } from "./index-keys.ts";
import { reconcileDeadIndex } from "./reconcile.ts";
import { tidyDeadIndex } from "./tidy.ts";
import { indexDeadLetter, unindexDeadLetter } from "./update-letters.ts";

const members = (world: World, facet: string, processor = "p"): Promise<string[]> =>
  world.redis.zrange(derivedKeys.facet(processor, facet), "0", "-1");

/** A processor that lets everything die as it is told, until it is told nothing. */
function aKiller(world: World, why: { now?: string }, name = "p"): void {
  world.start(
    aRunnable(world, {
      name,
      handle: () => (why.now === undefined ? handled() : Promise.reject(new PermanentError(why.now))),
    }),
  );
}

describe("a letter that dies", () => {
  test("is found under its group, type, hook, error and people as soon as it is dead", async () => {
    const world = await openWorld();
    aKiller(world, { now: "mailbox 17 is full" });
    const id = await world.add("p");
    await until(async () => (await members(world, "type:followed")).includes(id));
    const { group, message } = fingerprint("p", {
      name: "PermanentError",
      code: "PERMANENT",
      message: "mailbox 4 is full",
    });
    expect(message).toBe("mailbox <n> is full");
    for (const facet of [
      `group:${group}`,
      "hook:default",
      "error:PermanentError",
      "person:ai@misskey.example",
      "person:ai",
    ])
      expect(await members(world, facet), facet).toEqual([id]);
    expect(await findDeadGroup(world.redis, "p", group, Date.now())).toMatchObject({ count: 1, newest: id });
  });

  test("leaves when it is replayed, and comes back under what it dies of then", async () => {
    const world = await openWorld();
    const why: { now?: string } = { now: "first" };
    aKiller(world, why);
    const id = await world.add("p");
    await until(async () => (await members(world, "type:followed")).includes(id));
    why.now = "second";
    await replayDeadLetter(world.redis, world.queues, "p", id);
    const second = fingerprint("p", { name: "PermanentError", code: "PERMANENT", message: "second" }).group;
    await until(async () => (await members(world, `group:${second}`)).includes(id));
    expect(await world.redis.hkeys(derivedKeys.groups("p"))).toEqual([second]);
    delete why.now;
    await replayDeadLetter(world.redis, world.queues, "p", id);
    await untilState(world, id, "completed");
    await until(async () => Object.keys(await dumpIndex(world)).every((key) => key === "format"));
  });

  test("is indexed later if the worker died in between", async () => {
    const world = await openWorld();
    // As the crash leaves it: in the failed set, and nowhere else.
    const id = await placeDead(world, { processor: "quarantine" });
    expect(await dumpIndex(world, "quarantine")).toEqual({});
    await tidyDeadIndex(world.redis);
    expect(await members(world, "hook:default", "quarantine")).toEqual([id]);
  });

  test("of two processors is in the index of its own", async () => {
    const world = await openWorld();
    const id = anId();
    await placeDead(world, { id, processor: "p" });
    await placeDead(world, { id, processor: "q" });
    await Promise.all([indexDeadLetter(world.redis, "p", id), indexDeadLetter(world.redis, "q", id)]);
    await world.redis.zrem(keys.queue("p", "failed"), id);
    await unindexDeadLetter(world.redis, "p", id);
    expect(await members(world, "hook:default", "p")).toEqual([]);
    expect(await members(world, "hook:default", "q")).toEqual([id]);
  });
});

describe("the failed set has the last word", () => {
  test("what is not dead is not indexed", async () => {
    const world = await openWorld();
    const id = await world.add("p");
    await indexDeadLetter(world.redis, "p", id);
    expect(await dumpIndex(world)).toEqual({});
  });

  test("a late report of a replay does not take out what died again meanwhile", async () => {
    const world = await openWorld();
    const id = await placeDead(world);
    await indexDeadLetter(world.redis, "p", id);
    const before = await dumpIndex(world);
    await unindexDeadLetter(world.redis, "p", id);
    expect(await dumpIndex(world)).toEqual(before);
  });

  test("a late look at an earlier death does not hide the later one", async () => {
    const world = await openWorld();
    const id = await placeDead(world, { diedAt: 1_000, error: { name: "First", message: "" } });
    // Another process, slower than a replay: it has read what follows, and the letter died again.
    const late = world.connect("worker");
    const hmget = late.hmget.bind(late) as (...args: unknown[]) => Promise<unknown>;
    let looks = 0;
    Object.assign(late, {
      async hmget(...args: unknown[]) {
        const fields = await hmget(...args);
        if ((looks += 1) === 1)
          await placeDead(world, { id, diedAt: 2_000, error: { name: "Second", message: "" } });
        return fields;
      },
    });
    await indexDeadLetter(late, "p", id);
    expect(await members(world, "error:First")).toEqual([]);
    expect(await members(world, "error:Second")).toEqual([id]);
    expect(await world.redis.zrange(derivedKeys.groupsByLast("p"), "0", "-1", "WITHSCORES")).toEqual([
      fingerprint("p", { name: "Second", message: "" }).group,
      "2000",
    ]);
  });
});

test("a full Redis takes a letter whole or not at all, and lets it go", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const world = await openWorld(server.url);
  const [indexed, late] = [await placeDead(world), await placeDead(world)];
  await indexDeadLetter(world.redis, "p", indexed);
  const before = await dumpIndex(world);
  await world.redis.config("SET", "maxmemory", "1");
  await expect(indexDeadLetter(world.redis, "p", late)).rejects.toThrow("OOM");
  expect(await dumpIndex(world)).toEqual(before);
  await world.redis.zrem(keys.queue("p", "failed"), indexed);
  await unindexDeadLetter(world.redis, "p", indexed);
  expect(await dumpIndex(world)).toEqual({});
  await world.redis.config("SET", "maxmemory", "0");
  await reconcileDeadIndex(world.redis, "p");
  expect(await members(world, "hook:default")).toEqual([late]);
});

describe("reconcileDeadIndex", () => {
  test("adds what is missing, takes out what is gone, and looks at nothing where the numbers agree", async () => {
    const world = await openWorld();
    const [kept = "", gone = "", missing = ""] = await Promise.all([1, 2, 3].map(() => placeDead(world)));
    await reconcileDeadIndex(world.redis, "p");
    await world.redis.zrem(keys.queue("p", "failed"), gone);
    expect(await reconcileDeadIndex(world.redis, "p")).toEqual({ added: 0, removed: 1 });
    await unindexed(world, missing);
    expect(await reconcileDeadIndex(world.redis, "p")).toEqual({ added: 1, removed: 0 });
    expect((await members(world, "hook:default")).toSorted()).toEqual([kept, missing].toSorted());
    expect(await reconcileDeadIndex(world.redis, "p")).toEqual({ added: 0, removed: 0 });

    // One left and one came without a word: only a full look sees it.
    await world.redis.zrem(keys.queue("p", "failed"), kept);
    const fresh = await placeDead(world);
    expect(await reconcileDeadIndex(world.redis, "p")).toEqual({ added: 0, removed: 0 });
    expect(await reconcileDeadIndex(world.redis, "p", { full: true })).toEqual({ added: 1, removed: 1 });
    expect((await members(world, "hook:default")).toSorted()).toEqual([missing, fresh].toSorted());
  });

  test("notices a letter that died again behind its back", async () => {
    const world = await openWorld();
    const id = await placeDead(world, { diedAt: 1_000 });
    await reconcileDeadIndex(world.redis, "p");
    await placeDead(world, { id, diedAt: 2_000, error: { name: "Other", message: "" } });
    expect(await reconcileDeadIndex(world.redis, "p", { full: true })).toEqual({ added: 1, removed: 0 });
    expect(await members(world, "error:Other")).toEqual([id]);
    expect(await members(world, "error:Error")).toEqual([]);
  });

  test("rebuilds an index of an older format, and one of which a part was deleted", async () => {
    const world = await openWorld();
    for (let i = 0; i < 3; i += 1) await placeDead(world);
    await reconcileDeadIndex(world.redis, "p");
    const whole = await dumpIndex(world);
    await world.redis.set(derivedKeys.format("p"), 0);
    await world.redis.del(derivedKeys.facet("p", "hook:default"));
    await reconcileDeadIndex(world.redis, "p");
    expect(await dumpIndex(world)).toEqual(whole);
    await world.redis.del(derivedKeys.letters("p"));
    await world.redis.zadd(derivedKeys.facet("p", "type:gone"), 1, "nobody");
    await reconcileDeadIndex(world.redis, "p");
    expect(await dumpIndex(world)).toEqual(whole);
  });

  test("a member of the failed set without a job is seen, and does not make it start over again", async () => {
    const world = await openWorld();
    const id = await placeDead(world);
    await world.redis.del(keys.queue("p", id));
    expect(await reconcileDeadIndex(world.redis, "p")).toEqual({ added: 1, removed: 0 });
    expect(await members(world, "error:Unknown")).toEqual([id]);
    expect(await reconcileDeadIndex(world.redis, "p", { full: true })).toEqual({ added: 0, removed: 0 });
  });
});

test("a letter that dies while the index is dropped is whole in the new one", async () => {
  const world = await openWorld();
  const id = await placeDead(world);
  await reconcileDeadIndex(world.redis, "p");
  const whole = await dumpIndex(world);
  const rebuilding = world.connect("worker");
  const set = rebuilding.set.bind(rebuilding) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(rebuilding, {
    async set(...args: unknown[]) {
      // As another process leaves it that indexed the letter when some of the keys were dropped already.
      await indexDeadLetter(world.redis, "p", id);
      await world.redis.del(derivedKeys.facet("p", "hook:default"));
      return set(...args);
    },
  });
  await reconcileDeadIndex(rebuilding, "p", { force: true });
  expect(await dumpIndex(world)).toEqual(whole);
});

test("dropped and rebuilt, the index is what it was, letter by letter and key by key", async () => {
  const world = await openWorld();
  const bodies = ["note", "mention", "followed", "edited"].map((type) => aBody(type));
  for (let i = 0; i < 40; i += 1) {
    const id = await placeDead(world, {
      diedAt: 1_000_000 + (i % 7),
      attempts: i % 5,
      hook: `hook-${i % 3}`,
      body: i % 9 === 8 ? "no JSON" : (bodies[i % 4] ?? {}),
      error: {
        name: `E${i % 2}`,
        message: `could not find ${i} of ${i % 4}`,
        ...(i % 3 ? {} : { code: "C" }),
      },
    });
    await indexDeadLetter(world.redis, "p", id);
    if (i % 6 === 5) {
      await world.redis.zrem(keys.queue("p", "failed"), id);
      await unindexDeadLetter(world.redis, "p", id);
    }
  }
  await reconcileDeadIndex(world.redis, "p");
  const { group } = fingerprint("p", { name: "E1", message: "could not find 3 of 3", code: "C" });
  await setGroupResolved(world.redis, "p", group, { by: "mio", why: "mended", at: 5, upTo: 5 });
  await setGroupMuted(world.redis, "p", group, 9_000_000_000_000);
  const grown = await dumpIndex(world);
  expect(Object.keys(grown).length).toBeGreaterThan(15);
  expect(grown["resolved"]).toHaveProperty(group);

  await dropDeadIndex(world.redis, "p");
  expect(Object.keys(await dumpIndex(world))).toEqual(["muted", "resolved"]);
  await reconcileDeadIndex(world.redis, "p", { force: true });
  expect(await dumpIndex(world)).toEqual(grown);
});

test("hostile values neither name keys nor reach into others'", async () => {
  const world = await openWorld();
  const giant = "x".repeat(1_000_000);
  const evil = "a:b\nc*}{\u0000";
  const user = { id: "u", username: giant, host: giant };
  const ids = [
    await placeDead(world, { error: { name: evil, message: giant, code: evil }, hook: evil }),
    await placeDead(world, { body: { type: "x".repeat(128), body: { user } } }),
    await placeDead(world, { body: { type: evil, body: { user: { username: "mal:lory", host: "h*st" } } } }),
    await placeDead(world, { error: { name: giant, message: evil } }),
  ];
  await reconcileDeadIndex(world.redis, "p");
  expect(await members(world, facetName("type", evil))).toEqual([ids[2]]);
  expect(await members(world, facetName("error", evil))).toEqual([ids[0]]);
  expect(facetName("type", evil)).toMatch(/^type:#[0-9a-f]{32}$/);
  expect(facetName("type", facetName("type", evil).slice(5))).not.toBe(facetName("type", evil));
  for (const key of await world.redis.keys("*")) expect(key.length).toBeLessThan(200);
  expect(
    await world.redis.hstrlen(
      derivedKeys.groups("p"),
      fingerprint("p", { name: giant, message: evil }).group,
    ),
  ).toBeLessThan(1_000);
});

/** Takes a letter out behind the index' back, as if it had never been told. */
async function unindexed(world: World, id: string): Promise<void> {
  const diedAt = Number(await world.redis.zscore(keys.queue("p", "failed"), id));
  await world.redis.zrem(keys.queue("p", "failed"), id);
  await unindexDeadLetter(world.redis, "p", id);
  await world.redis.zadd(keys.queue("p", "failed"), diedAt, id);
}
