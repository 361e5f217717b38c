import { handled } from "@misskeep/processor";
import { inboxState, readBatch, RECLAIM_AFTER_MS } from "@misskeep/inbox";
import { keys } from "@misskeep/redis";
import { expect, test } from "vitest";
import { acceptBody, heldEntries, jobIds, subscribe } from "../test-support/inbox.ts";
import { aBody, aRunnable, openWorld, untilState, type World } from "../test-support/world.ts";
import { dispatch, type HeldBatch } from "./dispatch.ts";

const MANY = { entries: 1_000, bytes: 100_000_000 };

async function read(world: World, consumer = "w1"): Promise<HeldBatch> {
  return { ...(await readBatch(world.redis, consumer, MANY)), heldSince: 0 };
}

function deps(world: World, now = 0): Parameters<typeof dispatch>[0] {
  return { redis: world.redis, queues: world.queues, now: () => now };
}

test("an event becomes one job of each processor that wants its type and hook", async () => {
  const world = await openWorld();
  await subscribe(world, {
    all: { on: ["*"] },
    follows: { on: ["followed", "follow"] },
    mods: { on: ["*"], hooks: ["mods"] },
    notes: { on: ["note"] },
  });
  const followed = await acceptBody(world, aBody("followed"));
  const note = await acceptBody(world, aBody("note"), { hook: "mods" });
  const unheardOf = await acceptBody(world, aBody("somethingNew"));
  const result = await dispatch(deps(world), await read(world));
  expect(result).toEqual({
    jobs: new Map([
      ["all", 3],
      ["follows", 1],
      ["mods", 1],
      ["notes", 1],
    ]),
    unsubscribed: 0,
  });
  expect(await jobIds(world, "all")).toEqual([followed, note, unheardOf].toSorted());
  expect(await jobIds(world, "follows")).toEqual([followed]);
  expect(await jobIds(world, "mods")).toEqual([note]);
  expect(await jobIds(world, "notes")).toEqual([note]);
  expect(await heldEntries(world)).toEqual({});
});

test("an event goes by the type that ingest read, and without it by its body's", async () => {
  const world = await openWorld();
  await subscribe(world, { follows: { on: ["follow"] }, notes: { on: ["note"] } });
  const meta = { secretNumber: 1, type: "note" };
  const told = await acceptBody(world, aBody("follow"), { meta });
  const untold = await acceptBody(world, aBody("follow"));
  await dispatch(deps(world), await read(world));
  expect(await jobIds(world, "notes")).toEqual([told]);
  expect(await jobIds(world, "follows")).toEqual([untold]);
});

test("a job carries the body as it came, and what is known of its delivery, but nothing that is secret", async () => {
  const world = await openWorld();
  await subscribe(world, { all: { on: ["*"] } });
  const body = '{ "type": "followed",\t"body": {"user": {"id": "u1", "name": "\\ud83d\\ude00 猫"}} }\n';
  const meta = { secretNumber: 2, hookId: "h1", host: "misskey.example", userAgent: "Misskey-Hooks" };
  const id = await acceptBody(world, body, { meta, receivedAt: 1_795_485_891_939 });
  await dispatch(deps(world), await read(world));
  const job = await world.queues.get("all").getJob(id);
  expect(job?.data).toEqual({
    hook: "default",
    receivedAt: 1_795_485_891_939,
    hookId: "h1",
    host: "misskey.example",
    body,
    json: JSON.parse(body) as unknown,
  });
});

test("an event that nobody wants is counted, acknowledged, and stays in the inbox", async () => {
  const world = await openWorld();
  await subscribe(world, { notes: { on: ["note"] } });
  await acceptBody(world);
  expect(await dispatch(deps(world), await read(world))).toEqual({ jobs: new Map(), unsubscribed: 1 });
  expect(await inboxState(world.redis)).toMatchObject({ entries: 1, waiting: 0, unsubscribed: 1 });
});

test("an event that is dispatched twice runs once, even if it was handled in between", async () => {
  const world = await openWorld();
  await subscribe(world, { p: { on: ["*"] } });
  let runs = 0;
  world.start(aRunnable(world, { handle: () => ((runs += 1), handled()) }));
  const id = await acceptBody(world);
  const batch = await read(world);
  await dispatch(deps(world), batch);
  await untilState(world, id, "completed");
  await dispatch(deps(world), batch);
  const other = await world.add("p");
  await untilState(world, other, "completed");
  expect(await jobIds(world, "p")).toEqual([id, other].toSorted());
  expect(runs).toBe(2);
});

test("when one queue takes its jobs and another does not, nothing is acknowledged; later all are in", async () => {
  const world = await openWorld();
  await subscribe(world, { good: { on: ["*"] }, bad: { on: ["*"] } });
  const ids = [await acceptBody(world), await acceptBody(world)];
  // BullMQ's counter of jobs cannot be counted up.
  await world.redis.set(keys.queue("bad", "id"), "no number");
  const batch = await read(world);
  await expect(dispatch(deps(world), batch)).rejects.toThrow(/not an integer/);
  expect(await heldEntries(world)).toEqual({ [ids[0] ?? ""]: 1, [ids[1] ?? ""]: 1 });
  await world.redis.del(keys.queue("bad", "id"));
  await dispatch(deps(world), batch);
  for (const queue of ["good", "bad"]) expect(await jobIds(world, queue)).toEqual(ids.toSorted());
  expect(await heldEntries(world)).toEqual({});
});

test("a batch that was held too long is not added: another dispatcher may be at it", async () => {
  const world = await openWorld();
  await subscribe(world, { all: { on: ["*"] } });
  const id = await acceptBody(world);
  const batch = await read(world);
  await expect(dispatch(deps(world, RECLAIM_AFTER_MS / 2 + 1), batch)).rejects.toMatchObject({
    code: "HELD_TOO_LONG",
  });
  expect(await jobIds(world, "all")).toEqual([]);
  expect(await heldEntries(world)).toEqual({ [id]: 1 });
  await dispatch(deps(world, RECLAIM_AFTER_MS / 2), batch);
  expect(await jobIds(world, "all")).toEqual([id]);
});

test.each<[string, string | Buffer, RegExp]>([
  ["is no JSON", "hello", /no JSON/],
  ["is empty", "", /empty/],
  ["is no valid UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]), /UTF-8/],
  ["has no type", '{"body":{}}', /type/],
  ["has a type that is no text", '{"type":7,"body":{}}', /type/],
  ["is JSON but no object", "[1]", /type/],
  ["is null", "null", /type/],
  ["is nested without end", "[".repeat(200_000), /no JSON/],
])("a body that %s goes to quarantine, byte for byte, and to no processor", async (_, body, reason) => {
  const world = await openWorld();
  await subscribe(world, { all: { on: ["*"] } });
  const id = await acceptBody(world, body);
  const result = await dispatch(deps(world), await read(world));
  expect(result.jobs).toEqual(new Map([["quarantine", 1]]));
  const job = await world.queues.get("quarantine").getJob(id);
  expect(job?.data.reason).toMatch(reason);
  const kept =
    job?.data.body === undefined ? Buffer.from(job?.data.base64 ?? "", "base64") : Buffer.from(job.data.body);
  expect(kept.equals(Buffer.from(body as string))).toBe(true);
  expect(await jobIds(world, "all")).toEqual([]);
});

test("a delivery that breaks its hook's pin goes to quarantine, whatever it holds", async () => {
  const world = await openWorld();
  await subscribe(world, { all: { on: ["*"] } });
  const meta = { secretNumber: 1, pinBroken: "It is not from https://misskey.example." };
  const id = await acceptBody(world, aBody(), { meta });
  await dispatch(deps(world), await read(world));
  const job = await world.queues.get("quarantine").getJob(id);
  expect(job?.data.reason).toBe(meta.pinBroken);
});
