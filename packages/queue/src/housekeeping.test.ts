import { acknowledge, inboxState, readBatch } from "@misskeep/inbox";
import { DISPATCHERS, keys } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, test } from "vitest";
import { acceptBody, subscribe } from "../test-support/inbox.ts";
import { openWorld } from "../test-support/world.ts";
import { tidy } from "./housekeeping.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };

test("registrations of dispatchers that are gone end, but not of those that hold events", async () => {
  const world = await openWorld();
  await subscribe(world, { p: { on: ["*"] } });
  const id = await acceptBody(world);
  await readBatch(world.redis, "gone", MANY);
  await acknowledge(world.redis, [id], 0);
  await acceptBody(world);
  await readBatch(world.redis, "holds", MANY);
  const registered = async (): Promise<string[]> =>
    ((await world.redis.xinfo("CONSUMERS", keys.inbox, DISPATCHERS)) as unknown[][])
      .map((each) => String(each[each.indexOf("name") + 1]))
      .toSorted();
  const limits = { maxAgeMs: 86_400_000, maxBytes: 1_000_000 };
  expect(await registered()).toEqual(["gone", "holds"]);
  await tidy(world.redis, limits);
  expect(await registered()).toEqual(["gone", "holds"]);
  await until(async () => {
    await tidy(world.redis, limits, 1);
    return (await registered()).length === 1;
  });
  expect(await registered()).toEqual(["holds"]);
});

test("the inbox is trimmed, but never what is not dispatched", async () => {
  const world = await openWorld();
  await subscribe(world, { p: { on: ["*"] } });
  await acceptBody(world);
  await tidy(world.redis, { maxAgeMs: 0, maxBytes: 0 });
  expect(await inboxState(world.redis)).toMatchObject({ entries: 1, waiting: 1 });
});
