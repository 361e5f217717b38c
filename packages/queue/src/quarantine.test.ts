import { handled, QUARANTINE } from "@misskeep/processor";
import { expect, test } from "vitest";
import { acceptBody, jobIds, startTestDispatcher, subscribe } from "../test-support/inbox.ts";
import { aBody, aRunnable, openWorld, untilState, type World } from "../test-support/world.ts";
import { findDeadLetter, replayDeadLetter } from "./dead-letters.ts";
import { quarantine } from "./quarantine.ts";

/** A deployment with one processor `p`, whose quarantine is at work. */
async function deployment(): Promise<World> {
  const world = await openWorld();
  await subscribe(world, { p: { on: ["followed"] } });
  world.start(quarantine({ redis: world.redis, queues: world.queues }));
  startTestDispatcher(world);
  return world;
}

test.each<[string, string | Buffer]>([
  ["is no JSON", '{"type": "followed"'],
  ["is empty", ""],
  ["is no valid UTF-8", Buffer.from([0x22, 0xc3, 0x28, 0x00, 0xff, 0x22])],
  ["has lone surrogates in bytes", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ["begins with a byte order mark", Buffer.from("\ufeff{}")],
  ["has no type", '{"body":{"user":{}}}'],
])("a body that %s ends as a dead letter with its exact bytes, and again when replayed", async (_, body) => {
  const world = await deployment();
  const id = await acceptBody(world, body);
  await untilState(world, id, "failed", QUARANTINE);
  for (const replays of [0, 1]) {
    const letter = await findDeadLetter(world.redis, world.queues, QUARANTINE, id);
    expect(letter).toMatchObject({ replays, error: { code: "QUARANTINED" } });
    expect(letter?.event.raw.equals(Buffer.from(body as string))).toBe(true);
    if (replays === 1) break;
    expect(await replayDeadLetter(world.redis, world.queues, QUARANTINE, id)).toBe(true);
    await untilState(world, id, "failed", QUARANTINE);
  }
  expect(await jobIds(world, "p")).toEqual([]);
});

test("a delivery that broke its pin is dispatched once a person replays it", async () => {
  const world = await deployment();
  const seen: unknown[] = [];
  world.start(aRunnable(world, { handle: (event) => (seen.push(event), handled()) }));
  const meta = { secretNumber: 1, hookId: "h1", host: "evil.example", pinBroken: "It is not from there." };
  const id = await acceptBody(world, aBody(), { meta, hook: "main", receivedAt: 1_795_485_891_939 });
  await untilState(world, id, "failed", QUARANTINE);
  const letter = await findDeadLetter(world.redis, world.queues, QUARANTINE, id);
  expect(letter?.error.message).toBe("It is not from there.");
  expect(seen).toEqual([]);
  await replayDeadLetter(world.redis, world.queues, QUARANTINE, id);
  await untilState(world, id, "completed", QUARANTINE);
  await untilState(world, id, "completed");
  expect(seen).toMatchObject([{ id, type: "followed", receivedAt: 1_795_485_891_939 }]);
});

test("a replay of what nobody wants by now is ignored, with the reason", async () => {
  const world = await deployment();
  const meta = { secretNumber: 1, pinBroken: "It is not from there." };
  const id = await acceptBody(world, aBody("note"), { meta });
  await untilState(world, id, "failed", QUARANTINE);
  await replayDeadLetter(world.redis, world.queues, QUARANTINE, id);
  await untilState(world, id, "completed", QUARANTINE);
  const job = await world.queues.get(QUARANTINE).getJob(id);
  expect(job?.returnvalue).toEqual({ type: "ignored", reason: "no processor wants its type" });
});
