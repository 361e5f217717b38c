import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import {
  createTestRun,
  deadLetters,
  inState,
  showTestRun,
  startTestRunner,
  untilRun,
} from "../../test-support/runs.ts";
import { openWorld, type World } from "../../test-support/world.ts";
import { cancelRun } from "./change-state.ts";
import type { RunScope } from "./run.ts";

const filter = { processor: "p", hook: "default", person: "@Ai@misskey.example", text: "follow\ned" };
const scope: RunScope = { kind: "discard", filter };

/** All that Redis holds of runs. */
async function dump({ redis }: World): Promise<string> {
  const found: unknown[] = [];
  for (const key of await redis.keys("*:run*"))
    if ((await redis.type(key)) === "hash") found.push(await redis.hgetall(key));
  return JSON.stringify(found).toLowerCase();
}

test("a run finds whom and what it searches for, and forgets both with its end", async () => {
  const world = await openWorld();
  const ids = await deadLetters(world, 3);
  const data = JSON.parse((await world.redis.hget(keys.queue("p", ids[0]!), "data"))!) as { body: string };
  await world.redis.hset(
    keys.queue("p", ids[0]!),
    "data",
    JSON.stringify({ ...data, body: data.body.replace("{", '{"x":"FOLLOW\\nED",') }),
  );
  const id = await createTestRun(world, { scope });
  expect((await showTestRun(world, id)).scope).toEqual(scope);
  startTestRunner(world);
  const run = await untilRun(world, id, inState("done"));
  expect(run.items.discarded).toBe(1);
  expect(run.scope).toEqual({
    kind: "discard",
    filter: {
      processor: "p",
      hook: "default",
      person: expect.stringMatching(/^person:[0-9a-f]{12}$/),
      text: "9 characters",
    },
  });
  expect(await dump(world)).not.toMatch(/@ai|follow\\\\n/);
});

test("so does one that is cancelled; one that is paused needs them", async () => {
  const world = await openWorld();
  const id = await createTestRun(world, { scope });
  expect(await dump(world)).toMatch("@ai");
  await cancelRun(world.redis, "p", id, "");
  expect(await dump(world)).not.toMatch(/@ai|follow/);
});

test("what searches for nobody is shown as it is", async () => {
  const world = await openWorld();
  const plain: RunScope = { kind: "replay", filter: { processor: "p", type: "note" } };
  const id = await createTestRun(world, { scope: plain });
  await cancelRun(world.redis, "p", id, "");
  expect((await showTestRun(world, id)).scope).toEqual(plain);
});
