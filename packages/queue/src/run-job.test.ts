import { fixed, handled, ignored } from "@misskeep/processor";
import { expect, test } from "vitest";
import { aRunnable, fieldsOf, historyOf, openWorld, untilState } from "../test-support/world.ts";

test("a handled event's job is completed, and its outcome and run are stored with it", async () => {
  const world = await openWorld();
  world.start(aRunnable(world, { handle: () => handled("posted") }), { worker: "w7" });
  const before = Date.now();
  const id = await world.add("p");
  await untilState(world, id, "completed");
  const fields = await fieldsOf(world, id);
  expect(JSON.parse(fields["mk:outcome"] ?? "")).toEqual({ type: "handled", detail: "posted" });
  expect(JSON.parse(fields["returnvalue"] ?? "")).toEqual({ type: "handled", detail: "posted" });
  expect(fields).not.toHaveProperty("mk:run");
  const [run, ...more] = await historyOf(world, id);
  expect(more).toEqual([]);
  expect(run).toEqual({
    attempt: 1,
    worker: "w7",
    startedAt: expect.any(Number),
    endedAt: expect.any(Number),
    end: "handled",
  });
  expect(run?.startedAt).toBeGreaterThanOrEqual(before);
  expect(run?.endedAt).toBeGreaterThanOrEqual(run?.startedAt ?? Infinity);
  expect(world.reports).toEqual([
    { processor: "p", eventId: id, receivedAt: 1_795_485_891_939, run, again: false },
  ]);
});

test("an ignored event's job is completed, with the reason", async () => {
  const world = await openWorld();
  world.start(aRunnable(world, { handle: () => ignored("a bot wrote it") }));
  const id = await world.add("p");
  await untilState(world, id, "completed");
  expect(JSON.parse((await fieldsOf(world, id))["mk:outcome"] ?? "")).toEqual({
    type: "ignored",
    reason: "a bot wrote it",
  });
});

test("the history keeps the last 20 runs", async () => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      retry: { attempts: 23, backoff: fixed(0) },
      handle: () => Promise.reject(new Error("fails")),
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "failed");
  const history = await historyOf(world, id);
  expect(history.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 20 }, (_, index) => index + 4));
  expect(history.at(-1)?.end).toBe("dead");
});

test("a body that does not fit its event's schema is dead, with every mismatch's path", async () => {
  const world = await openWorld();
  let runs = 0;
  world.start(aRunnable(world, { handle: () => ((runs += 1), handled()) }));
  const id = await world.add("p", undefined, { type: "mention", body: { note: { id: 7 } } });
  await untilState(world, id, "failed");
  const [run] = await historyOf(world, id);
  expect(run?.error).toMatchObject({
    code: "BODY_DOES_NOT_FIT",
    message: expect.stringContaining("body.note.id"),
  });
  expect(runs).toBe(0);
});

test("the idempotency key is the event's and the processor's, the same in every attempt", async () => {
  const world = await openWorld();
  const seen: string[] = [];
  world.start(
    aRunnable(world, {
      retry: { attempts: 2, backoff: fixed(0) },
      handle(_, { idempotencyKey }) {
        seen.push(idempotencyKey);
        throw new Error("fails");
      },
    }),
  );
  await untilState(world, await world.add("p", "0-5-1"), "failed");
  await untilState(world, await world.add("p", "0-5-1~r2"), "failed");
  expect(seen).toEqual(["0-5-1:p", "0-5-1:p", "0-5-1:p~r2", "0-5-1:p~r2"]);
});
