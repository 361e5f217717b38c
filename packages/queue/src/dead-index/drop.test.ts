import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { placeDead } from "../../test-support/dead-index.ts";
import { openWorld } from "../../test-support/world.ts";
import { dropDeadIndex } from "./drop.ts";
import { indexDeadLetter } from "./update-letters.ts";

test.each(["dead", "run", "once", "paused", "discarded"])(
  "dropping the index leaves the letters, also of a processor that is called %s",
  async (processor) => {
    const world = await openWorld();
    const id = await placeDead(world, { processor });
    await world.add(processor);
    const before = (await world.redis.keys("*")).toSorted();
    await indexDeadLetter(world.redis, processor, id);
    await dropDeadIndex(world.redis, processor);
    expect((await world.redis.keys("*")).toSorted()).toEqual(before);
    expect(await world.redis.zcard(keys.queue(processor, "failed"))).toBe(1);
  },
);
