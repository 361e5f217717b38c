import { fixed } from "@misskeep/processor";
import { expect, test } from "vitest";
import { aRunnable, fieldsOf, openWorld, untilState } from "../test-support/world.ts";

test("of a job's errors BullMQ keeps the stack of the last one: the history has them all", async () => {
  const world = await openWorld();
  const retry = { attempts: 3, backoff: fixed(0) };
  world.start(aRunnable(world, { retry, handle: () => Promise.reject(new Error("fails")) }));
  const id = await world.add("p");
  await untilState(world, id, "failed");
  expect(JSON.parse((await fieldsOf(world, id))["stacktrace"] ?? "")).toHaveLength(1);
});

test("a job that is there already is neither added again nor changed", async () => {
  const world = await openWorld();
  const id = await world.add("p");
  const { data } = await fieldsOf(world, id);
  await world.add("p", id);
  expect((await fieldsOf(world, id))["data"]).toBe(data);
  expect(await world.queues.get("p").getWaitingCount()).toBe(1);
});
