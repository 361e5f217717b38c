import { handled } from "@misskeep/processor";
import { until } from "@misskeep/testkit";
import { acknowledge, readBatch } from "@misskeep/inbox";
import { expect, test } from "vitest";
import { acceptBody, subscribe } from "../../test-support/inbox.ts";
import { createTestRun, inState, startTestRunner, untilRun } from "../../test-support/runs.ts";
import { aBody, aRunnable, openWorld, type World } from "../../test-support/world.ts";
import { type BackfillScope, pageOfBackfill } from "./select-backfill.ts";

const ALL = { kind: "backfill", processor: "p", from: 0, to: Number.MAX_SAFE_INTEGER - 1 } as const;
const inOrder = (a: string, b: string): number => (a < b ? -1 : 1);
const LATER = Date.now() + 86_400_000;

/** Says that everything is dispatched. */
async function dispatched(world: World): Promise<void> {
  await subscribe(world, { other: { on: ["nothing"] } });
  const { entries } = await readBatch(world.redis, "d", { entries: 1_000, bytes: 1e9 });
  await acknowledge(
    world.redis,
    entries.map(({ id }) => id),
    0,
  );
}

async function idsOf(world: World, scope: BackfillScope, limit = 2): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOfBackfill(world.redis, scope, LATER, cursor, limit);
    ids.push(...page.events.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  return ids;
}

test("means what the processor wants; or the types and the hook that are asked for", async () => {
  const world = await openWorld();
  const note = await acceptBody(world, aBody("note"));
  const reply = await acceptBody(world, aBody("reply"), { hook: "main" });
  const other = await acceptBody(world, aBody("somethingNew"), { hook: "main" });
  await dispatched(world);
  await subscribe(world, { p: { on: ["note", "reply"], hooks: ["main"] } });
  expect(await idsOf(world, ALL)).toEqual([reply]);
  expect(await idsOf(world, { ...ALL, types: ["note", "somethingNew"] })).toEqual([note, other]);
  expect(await idsOf(world, { ...ALL, types: ["*"] }, 1)).toEqual([note, reply, other]);
  expect(await idsOf(world, { ...ALL, types: ["*"], hook: "main" })).toEqual([reply, other]);
});

test("means what was received in its time, both ends included, however late it came out of the spool", async () => {
  const world = await openWorld();
  const now = Date.now();
  const ids: string[] = [];
  for (const receivedAt of [now - 50_000, now - 40_000, now - 30_000, now - 60_000, now - 20_000])
    ids.push(await acceptBody(world, aBody(), { receivedAt }));
  await dispatched(world);
  const scope = { ...ALL, types: ["*"], from: now - 50_000, to: now - 30_000 };
  expect(await idsOf(world, scope)).toEqual([ids[0], ids[1], ids[2]]);
});

test("leaves out what came after the plan", async () => {
  const world = await openWorld();
  const before = await acceptBody(world);
  const planned = Number(before.split("-")[1]);
  const after = await until(async () => {
    const id = await acceptBody(world);
    return Number(id.split("-")[1]) > planned ? id : undefined;
  });
  await dispatched(world);
  const { events } = await pageOfBackfill(world.redis, { ...ALL, types: ["*"] }, planned, undefined, 1_000);
  expect(events.map(({ id }) => id)).toContain(before);
  expect(events.map(({ id }) => id)).not.toContain(after);
});

test("leaves out what goes to quarantine: no processor gets what breaks its hook's pin", async () => {
  const world = await openWorld();
  await acceptBody(world, "no JSON");
  await acceptBody(world, aBody(), { meta: { secretNumber: 1, pinBroken: "another server" } });
  const fine = await acceptBody(world);
  await dispatched(world);
  expect(await idsOf(world, { ...ALL, types: ["*"] })).toEqual([fine]);
});

test("leaves out what is not dispatched yet and comes to the processor anyway", async () => {
  const world = await openWorld();
  const old = await acceptBody(world);
  await dispatched(world);
  const held = await acceptBody(world);
  await subscribe(world, { p: { on: ["followed"] } });
  await readBatch(world.redis, "d", { entries: 1, bytes: 1e9 });
  const waiting = await acceptBody(world);
  expect(await idsOf(world, ALL)).toEqual([old]);
  // Of types that it does not want nothing would come by itself.
  await subscribe(world, { p: { on: ["note"] } });
  expect(await idsOf(world, { ...ALL, types: ["followed"] })).toEqual([old, held, waiting]);
});

test("a backfill brings a processor that was added today what came before, by a key of its own", async () => {
  const world = await openWorld();
  const ids: string[] = [];
  for (let i = 0; i < 120; i += 1) ids.push(await acceptBody(world));
  await dispatched(world);
  await subscribe(world, { p: { on: ["followed"] } });
  const got: string[] = [];
  world.start(
    aRunnable(world, {
      handle(event, { idempotencyKey }) {
        got.push(`${event.id} ${idempotencyKey}`);
        return handled();
      },
    }),
  );
  startTestRunner(world);
  const id = await createTestRun(world, { scope: ALL, until: LATER });
  expect(await untilRun(world, id, inState("done"))).toMatchObject({ total: 120, items: { handled: 120 } });
  expect(got.toSorted(inOrder)).toEqual(ids.map((event) => `${event} ${event}:p~${id}`).toSorted(inOrder));
});
