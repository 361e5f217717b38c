import { type Outcome } from "@misskeep/processor";
import { expect, test } from "vitest";
import { aRunnable, fieldsOf, openWorld, untilState } from "../test-support/world.ts";

const getter = Object.defineProperty({}, "type", {
  get() {
    throw new Error("no");
  },
});
test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a BigInt", 7n],
  ["a text", "ok"],
  ["a symbol", Symbol("ok")],
  ["a function", () => 1],
  ["an object that is no outcome", { type: "done", self: 1n }],
  ["an object that cannot be read", getter],
])("a handler that returns %s has handled its event, with a warning", async (_, returned) => {
  const world = await openWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      handle() {
        runs += 1;
        return returned as Outcome;
      },
    }),
  );
  const id = await world.add("p");
  await untilState(world, id, "completed");
  expect(JSON.parse((await fieldsOf(world, id))["mk:outcome"] ?? "")).toEqual({ type: "handled" });
  expect(runs).toBe(1);
  expect(world.log).toEqual([
    { level: "warn", fields: {}, message: expect.stringContaining("taken as handled") },
  ]);
});

test.each<[string, unknown, Outcome]>([
  ["a detail that is no text", { type: "handled", detail: 7n }, { type: "handled" }],
  ["no reason", { type: "ignored" }, { type: "ignored", reason: "no reason given" }],
  [
    "a reason that is no text",
    { type: "ignored", reason: Object.create(null) },
    { type: "ignored", reason: "no reason given" },
  ],
])("an outcome with %s is what its type says", async (_, returned, stored) => {
  const world = await openWorld();
  world.start(aRunnable(world, { handle: () => returned as Outcome }));
  const id = await world.add("p");
  await untilState(world, id, "completed");
  expect(JSON.parse((await fieldsOf(world, id))["mk:outcome"] ?? "")).toEqual(stored);
});
