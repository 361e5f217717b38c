import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import { openWorld } from "../../test-support/world.ts";
import { dropDeadIndex } from "./drop.ts";
import { fingerprint } from "./fingerprint.ts";
import { readMarks, setGroupMuted, setGroupResolved } from "./group-marks.ts";
import { markKeys } from "./index-keys.ts";
import { MARKS_KEPT_MS, pruneMarks } from "./prune-marks.ts";
import { reconcileDeadIndex } from "./reconcile.ts";
import { tidyDeadIndex } from "./tidy.ts";
import { indexDeadLetter, unindexDeadLetter } from "./update-letters.ts";

const error = { name: "Error", message: "broken" };
const { group } = fingerprint("p", error);
const resolution = { by: "mio", why: "mended", at: 1, upTo: 2 };

/** A group of one letter, resolved and muted for ever, and another one that was muted and never was. */
async function aGroup() {
  const world = await openWorld();
  const { redis } = world;
  const id = await placeDead(world, { error });
  await indexDeadLetter(redis, "p", id);
  await setGroupResolved(redis, "p", group, resolution);
  await setGroupMuted(redis, "p", group, Number.MAX_SAFE_INTEGER);
  await setGroupMuted(redis, "p", "0123456789ab", Number.MAX_SAFE_INTEGER);
  const age = (ms: number) => redis.hset(markKeys.gone("p"), group, Date.now() - ms);
  return { world, redis, id, age };
}

test("what was said of a group stays for 30 days after its last letter is gone, and then goes whole", async () => {
  const { redis, id, age } = await aGroup();
  await redis.zrem(keys.queue("p", "failed"), id);
  await unindexDeadLetter(redis, "p", id);
  expect(await pruneMarks(redis, "p")).toBe(0);
  expect(Object.keys(await redis.hgetall(markKeys.gone("p")))).toContain(group);
  await age(MARKS_KEPT_MS - 60_000);
  expect(await pruneMarks(redis, "p")).toBe(0);
  expect(await readMarks(redis, "p", group, 5)).toMatchObject({ resolved: resolution });
  await age(MARKS_KEPT_MS + 1);
  expect(await pruneMarks(redis, "p")).toBe(1);
  expect(await readMarks(redis, "p", group, 5)).toEqual({ resolved: null, mutedUntil: null });
  expect(await redis.hexists(markKeys.gone("p"), group)).toBe(0);
});

test("the 30 days begin anew when the group comes back, whoever noticed", async () => {
  const { redis, age } = await aGroup();
  await age(MARKS_KEPT_MS + 1);
  expect(await pruneMarks(redis, "p")).toBe(0);
  expect(await redis.hexists(markKeys.gone("p"), group)).toBe(0);
});

test("a worker's look does it, and while the index is dropped nothing is forgotten", async () => {
  const { redis, age } = await aGroup();
  await redis.hset(keys.subscriptions, "p", '{"since":1,"seenAt":1,"any":[]}');
  await dropDeadIndex(redis, "p");
  expect(await pruneMarks(redis, "p")).toBe(0);
  await reconcileDeadIndex(redis, "p", { force: true });
  await age(MARKS_KEPT_MS + 1);
  await redis.hset(markKeys.gone("p"), "0123456789ab", 1);
  await tidyDeadIndex(redis);
  expect(await redis.hkeys(markKeys.muted("p"))).toEqual([group]);
  expect((await readMarks(redis, "p", group, 5)).resolved).toEqual(resolution);
});
