import { handled, PermanentError, RetryLater } from "@misskeep/processor";
import { describe, expect, test, vi } from "vitest";
import {
  createTestRun,
  deadLetters,
  inState,
  replaysOf,
  startTestRunner,
  untilRun,
} from "../../test-support/runs.ts";
import { aRunnable, gate, openWorld } from "../../test-support/world.ts";
import { resumeRun } from "./change-state.ts";

vi.setConfig({ testTimeout: 120_000 });

describe("a guard", () => {
  const guard = { first: 10, maxFailed: 20 };

  test("stops a run whose first letters fail again; resumed, it goes on without the guard", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 60);
    world.start(aRunnable(world, { handle: () => Promise.reject(new PermanentError("no")) }));
    startTestRunner(world);
    const id = await createTestRun(world, { guard });
    const run = await untilRun(world, id, inState("stopped"));
    expect(run).toMatchObject({ done: 10, items: { dead: 10 }, stateWhy: expect.stringContaining("10 of") });
    expect((await replaysOf(world, ids)).filter((count) => count > 0)).toHaveLength(10);
    await resumeRun(world.redis, "p", id);
    await untilRun(world, id, inState("done"));
    expect(new Set(await replaysOf(world, ids))).toEqual(new Set([1]));
  });

  test("waits for the first ones, and lets the rest follow if few enough of them fail", async () => {
    const world = await openWorld();
    const ids = await deadLetters(world, 60);
    const opened = gate();
    world.start(
      aRunnable(world, {
        concurrency: 20,
        async handle(event) {
          await opened.opened;
          if (ids.indexOf(event.id) < 2) throw new PermanentError("no");
          return handled();
        },
      }),
    );
    startTestRunner(world);
    const id = await createTestRun(world, { guard });
    await untilRun(world, id, inState("trying"));
    expect((await replaysOf(world, ids)).filter((count) => count > 0)).toHaveLength(10);
    opened.open();
    expect(await untilRun(world, id, inState("done"))).toMatchObject({ items: { dead: 2, handled: 58 } });
  });

  test("stops a run whose target asks for more time, too; those then run when they may", async () => {
    const world = await openWorld();
    await deadLetters(world, 60);
    world.start(aRunnable(world, { handle: () => Promise.reject(new RetryLater("1h")) }));
    startTestRunner(world);
    const id = await createTestRun(world, { guard });
    expect(await untilRun(world, id, inState("stopped"))).toMatchObject({ items: { failing: 10 } });
  });
});
