import { fixed, handled, PermanentError } from "@misskeep/processor";
import { expect, test } from "vitest";
import { aRunnable, gate, openWorld, untilState } from "../test-support/world.ts";
import { findBacklog } from "./backlog.ts";

test("counts what waits, runs, is put off and is dead, and when the next one was received", async () => {
  const world = await openWorld();
  expect(await findBacklog(world.queues, "p")).toEqual({
    waiting: 0,
    active: 0,
    delayed: 0,
    dead: 0,
    oldestWaitingAt: undefined,
  });
  const running = gate();
  const ends: (() => Promise<never>)[] = [
    () => Promise.reject(new PermanentError("no")),
    () => Promise.reject(new Error("later")),
  ];
  world.start(
    aRunnable(world, {
      concurrency: 1,
      retry: { backoff: fixed("1h") },
      async handle() {
        await ends.shift()?.();
        await running.opened;
        return handled();
      },
    }),
  );
  await untilState(world, await world.add("p"), "failed");
  await untilState(world, await world.add("p"), "delayed");
  await untilState(world, await world.add("p"), "active");
  for (const receivedAt of [500, 600, 700])
    await world.queues
      .get("p")
      .add("event", { hook: "default", receivedAt, body: "{}" }, { jobId: `0-${receivedAt}-0` });
  expect(await findBacklog(world.queues, "p")).toEqual({
    waiting: 3,
    active: 1,
    delayed: 1,
    dead: 1,
    oldestWaitingAt: 500,
  });
  running.open();
});
