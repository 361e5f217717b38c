import { fixed, PermanentError } from "@misskeep/processor";
import { expect, test } from "vitest";
import { aRunnable, fieldsOf, historyOf, hurry, openWorld, untilState } from "../test-support/world.ts";

class DelayedError extends Error {
  override readonly name = "DelayedError";
}
class UnrecoverableError extends Error {
  override readonly name = "UnrecoverableError";
}
const circular = new Error("round");
circular.cause = circular;
const unreadable = Object.defineProperty(new Error("x"), "message", {
  get() {
    throw new Error("no");
  },
});
test.each<[string, unknown, object]>([
  ["a text", "out of luck", { name: "Thrown", message: "out of luck" }],
  ["null", null, { name: "Thrown", message: "null" }],
  ["undefined", undefined, { name: "Thrown", message: "undefined" }],
  ["a symbol", Symbol("s"), { name: "Thrown", message: "Symbol(s)" }],
  [
    "an object without a prototype",
    Object.create(null),
    { name: "Thrown", message: "something that cannot be shown" },
  ],
  ["an error that cannot be read", unreadable, { name: "Thrown", message: "something that cannot be shown" }],
  ["an error that causes itself", circular, { name: "Error", message: "round" }],
  [
    "an error with a number as its code",
    Object.assign(new Error("x"), { code: -2 }),
    { name: "Error", message: "x" },
  ],
  // These are BullMQ's own signals; here they come from a handler, and mean nothing.
  ["a DelayedError", new DelayedError("x"), { name: "DelayedError" }],
  ["an UnrecoverableError", new UnrecoverableError("x"), { name: "UnrecoverableError" }],
  [
    "BullMQ's word for a rate limit",
    new Error("bullmq:rateLimitExceeded"),
    { message: "bullmq:rateLimitExceeded" },
  ],
])("a handler that throws %s has failed, and is retried", async (_, thrown, error) => {
  const world = await openWorld();
  world.start(
    aRunnable(world, {
      retry: { attempts: 2, backoff: fixed("1h") },
      handle() {
        throw thrown;
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "delayed");
  expect(world.reports).toMatchObject([{ run: { attempt: 1, end: "retry", error }, delayMs: 3_600_000 }]);
  await hurry(world, id);
  await untilState(world, id, "failed");
  expect(await historyOf(world, id)).toMatchObject([{ attempt: 1 }, { attempt: 2, end: "dead", error }]);
});

test("an error's message and stack are kept short: twenty runs keep theirs", async () => {
  const world = await openWorld();
  world.start(aRunnable(world, { handle: () => Promise.reject(new PermanentError("x".repeat(1_000_000))) }));
  const id = await world.add("p");
  await untilState(world, id, "failed");
  expect((await fieldsOf(world, id))["mk:history"]?.length).toBeLessThan(10_000);
});
