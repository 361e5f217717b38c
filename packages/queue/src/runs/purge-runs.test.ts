import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { createTestRun, deadLetters, inState, startTestRunner, untilRun } from "../../test-support/runs.ts";
import { openWorld } from "../../test-support/world.ts";
import { cancelRun, RUN_KEPT_MS } from "./change-state.ts";
import { findRun } from "./find-runs.ts";
import { purgeRuns } from "./purge-runs.ts";

test("an ended run and its jobs are kept for two weeks from its end, and then nothing of it is left", async () => {
  const world = await openWorld();
  await deadLetters(world, 3);
  startTestRunner(world);
  const id = await createTestRun(world, { scope: { kind: "discard", filter: { processor: "p" } } });
  const { endedAt } = await untilRun(world, id, inState("done"));
  const end = endedAt ?? NaN;
  await purgeRuns(world.redis, end + RUN_KEPT_MS - 1);
  expect(await findRun(world.redis, id)).toMatchObject({ items: { discarded: 3 } });
  await purgeRuns(world.redis, end + RUN_KEPT_MS);
  expect(await findRun(world.redis, id)).toBeUndefined();
  expect(await world.redis.keys(keys.run("p", "*"))).toEqual([]);
  expect(await world.redis.zcard(keys.runs)).toBe(0);
});

test("one that is under way stays, however old; without a worker its keys go a day later by themselves", async () => {
  const world = await openWorld();
  await deadLetters(world, 1);
  const id = await createTestRun(world);
  await purgeRuns(world.redis, Date.now() + 10 * RUN_KEPT_MS);
  expect(await findRun(world.redis, id)).toMatchObject({ state: "running" });
  await cancelRun(world.redis, "p", id, "");
  const left = await world.redis.pttl(keys.run("p", id));
  expect(left).toBeGreaterThan(RUN_KEPT_MS);
});
