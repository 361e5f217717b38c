import { fixed, handled } from "@misskeep/processor";
import { describe, expect, test } from "vitest";
import { aRunnable, anId, fieldsOf, gate, openWorld, untilState, type World } from "../test-support/world.ts";

/** A reply comes twice: as a mention and as a reply of the same note. */
function aReplyAs(type: "mention" | "reply", noteId = "n1"): object {
  const note = {
    id: noteId,
    createdAt: "2026-01-01T00:00:00.000Z",
    userId: "u1",
    visibility: "public",
    text: "hi",
    user: { id: "u1", username: "ai" },
  };
  return { server: "https://misskey.example", type, body: { note } };
}

const outcomeOf = async (world: World, id: string): Promise<unknown> =>
  JSON.parse((await fieldsOf(world, id))["mk:outcome"] ?? "null");

const noteId = (event: { body: unknown }): string | undefined =>
  (event.body as { note?: { id: string } }).note?.id;

describe.each([
  ["mention", "reply"],
  ["reply", "mention"],
] as const)("a note that comes as %s and then as %s", (first, second) => {
  test("is handled once", async () => {
    const world = await openWorld();
    const handledTypes: string[] = [];
    world.start(
      aRunnable(world, {
        once: noteId,
        handle(event) {
          handledTypes.push(event.type);
          return handled();
        },
      }),
    );
    const one = await world.add("p", anId(), aReplyAs(first));
    await untilState(world, one, "completed");
    const two = await world.add("p", anId(), aReplyAs(second));
    await untilState(world, two, "completed");
    expect(handledTypes).toEqual([first]);
    expect(await outcomeOf(world, two)).toEqual({ type: "ignored", reason: `means the same as ${one}` });
  });
});

test("two that come at the same moment, in two workers, are handled once", async () => {
  const world = await openWorld();
  let runs = 0;
  const runnable = aRunnable(world, { once: noteId, handle: () => ((runs += 1), handled()) });
  world.start(runnable);
  world.start(runnable, { worker: "w2", shared: world.connect("worker"), redis: world.connect("command") });
  const ids = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      Promise.all([
        world.add("p", anId(), aReplyAs("mention", `n${index}`)),
        world.add("p", anId(), aReplyAs("reply", `n${index}`)),
      ]),
    ),
  );
  for (const id of ids.flat()) await untilState(world, id, "completed");
  expect(runs).toBe(10);
});

test("while the first one still runs, the second one is ignored already", async () => {
  const world = await openWorld();
  const slow = gate();
  let runs = 0;
  world.start(
    aRunnable(world, {
      once: noteId,
      async handle() {
        runs += 1;
        await slow.opened;
        return handled();
      },
    }),
  );
  const one = await world.add("p", anId(), aReplyAs("mention"));
  await untilState(world, one, "active");
  const two = await world.add("p", anId(), aReplyAs("reply"));
  await untilState(world, two, "completed");
  slow.open();
  await untilState(world, one, "completed");
  expect(runs).toBe(1);
});

test("an event keeps its claim when it is retried", async () => {
  const world = await openWorld();
  let runs = 0;
  world.start(
    aRunnable(world, {
      once: noteId,
      retry: { backoff: fixed(0) },
      handle() {
        if ((runs += 1) < 3) throw new Error("fails");
        return handled();
      },
    }),
  );
  const id = await world.add("p", anId(), aReplyAs("mention"));
  await untilState(world, id, "completed");
  expect(runs).toBe(3);
  expect(await outcomeOf(world, id)).toEqual({ type: "handled" });
});

test("events without a meaning, and the same meaning to another processor, are all handled", async () => {
  const world = await openWorld();
  const runs: string[] = [];
  for (const name of ["p", "q"])
    world.start(
      aRunnable(world, {
        name,
        once: (event) => (event.type === "followed" ? undefined : "same"),
        handle: (event) => (runs.push(`${name} ${event.type}`), handled()),
      }),
    );
  for (const name of ["p", "q"]) {
    for (const id of [
      await world.add(name),
      await world.add(name),
      await world.add(name, anId(), aReplyAs("reply")),
    ])
      await untilState(world, id, "completed", name);
  }
  expect(runs.toSorted()).toEqual([
    "p followed",
    "p followed",
    "p reply",
    "q followed",
    "q followed",
    "q reply",
  ]);
});
