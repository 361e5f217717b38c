import { handled } from "@misskeep/processor";
import { expect, onTestFinished, test, vi } from "vitest";
import { aRunnable, openWorld, untilState } from "../test-support/world.ts";

test("no text is made of the next job, to see whether it is an error", async () => {
  const world = await openWorld();
  const queue = world.queues.get("p");
  await queue.pause();
  const ids = [await world.add("p"), await world.add("p"), await world.add("p")];
  world.start(aRunnable(world, { concurrency: 1, handle: () => handled() }));
  const toText = vi.spyOn(Array.prototype, "toString");
  onTestFinished(() => toText.mockRestore());
  await queue.resume();
  for (const id of ids) await untilState(world, id, "completed");
  const jobs = toText.mock.contexts.filter((list) => (list as unknown[]).flat(2).includes("data"));
  expect(jobs).toEqual([]);
});
