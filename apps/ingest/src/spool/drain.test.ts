import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accept, inboxState } from "@misskeep/inbox";
import { connectRedis, keys, type Redis, waitUntilReady } from "@misskeep/redis";
import { freshRedisUrl } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { toUnavailableCode } from "../failures.ts";
import { makeFolder } from "../test-support/start-ingest.ts";
import { createDrain, type Drain, type DrainDeps } from "./drain.ts";
import { encodeSpooled } from "./file-format.ts";
import { makeName, parseName, type SpoolFileName } from "./file-name.ts";
import { nodeFs } from "./file-system.ts";

interface World {
  readonly drain: Drain;
  readonly redis: Redis;
  readonly asides: string[];
  readonly removed: string[];
  readonly lost: string[];
  place(eventId: string, receivedAt?: number): Promise<SpoolFileName>;
  pass(seconds: number): void;
}

async function makeWorld(changes: Partial<DrainDeps> = {}): Promise<World> {
  const redis = connectRedis({ url: await freshRedisUrl(), role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const folder = await makeFolder();
  await mkdir(folder);
  let now = 0;
  let taken = 0;
  const asides: string[] = [];
  const removed: string[] = [];
  const lost: string[] = [];
  const drain = createDrain({
    fs: nodeFs,
    folder,
    async accept({ delivery, identity }) {
      const acceptance = await accept(redis, delivery, identity, { windowMs: 60_000 });
      taken += 1;
      return acceptance;
    },
    canAccept: () => true,
    syncs: () => 1,
    isRefusal: (error) => toUnavailableCode(error) === "INTERNAL",
    taken: () => taken,
    onDrained: ({ wasLost, acceptance }) => void (wasLost && lost.push(acceptance.id)),
    onRefused: () => {},
    onUnavailable: () => {},
    onRemoved: ({ name }) => void removed.push(name),
    setAside: (file, why) => Promise.resolve(void asides.push(`${file.name} ${why}`)),
    now: () => now,
    ...changes,
  });
  return {
    drain,
    redis,
    asides,
    removed,
    lost,
    async place(eventId, receivedAt = 1_795_485_891_939) {
      const body = Buffer.from(`"${eventId}"`);
      const meta = { secretNumber: 1 };
      const bytes = encodeSpooled({
        delivery: { hook: "h", receivedAt, meta, body },
        identity: { server: undefined, eventId },
      });
      const name = makeName(Math.abs(receivedAt), bytes.length);
      await writeFile(join(folder, name), bytes);
      return parseName(name) as SpoolFileName;
    },
    pass: (seconds) => void (now += seconds * 1_000),
  };
}

/** Redis refuses a delivery that was received before 1970. */
const BEFORE_1970 = -5;

test("sets a file aside that Redis refuses five times while it takes others", async () => {
  const world = await makeWorld();
  const bad = await world.place("bad", BEFORE_1970);
  let passes = 0;
  // Of two at once, either may come first: a pass more or less says nothing.
  while (world.asides.length === 0 && passes < 20) {
    await world.drain.pass([bad, await world.place(`good ${(passes += 1)}`)]);
    world.pass(10);
  }
  expect(passes).toBeGreaterThanOrEqual(5);
  expect(world.asides).toEqual([expect.stringContaining("receivedAt is no whole number")]);
  expect((await inboxState(world.redis)).entries).toBe(passes);
});

test("sets nothing aside while Redis refuses everything, however often", async () => {
  const world = await makeWorld();
  await world.redis.set(keys.inbox, "no stream");
  const files = [await world.place("one"), await world.place("two")];
  for (let i = 0; i < 20; i++) {
    await world.drain.pass(files);
    world.pass(10);
  }
  expect([world.asides, world.removed]).toEqual([[], []]);
  await world.redis.del(keys.inbox);
  await world.drain.pass(files);
  expect((await inboxState(world.redis)).entries).toBe(2);
  expect(world.removed).toHaveLength(2);
});

test("does not go through a whole spool while Redis refuses everything", async () => {
  let refusals = 0;
  const world = await makeWorld({ onRefused: () => void (refusals += 1) });
  await world.redis.set(keys.inbox, "no stream");
  await world.drain.pass(await Promise.all(Array.from({ length: 60 }, (_, n) => world.place(`e${n}`))));
  expect(refusals).toBeGreaterThanOrEqual(10);
  expect(refusals).toBeLessThan(20);
});

test("where Redis may lose what it took, gives it again after a minute and only then removes the file", async () => {
  const world = await makeWorld({ syncs: () => undefined });
  const file = await world.place("one");
  await world.drain.pass([file]);
  world.pass(59);
  await world.drain.pass([file]);
  expect(await inboxState(world.redis)).toMatchObject({ entries: 1, duplicates: 0 });
  // Lost, as by a power loss: it is taken once more, and stays another minute.
  await world.redis.flushdb();
  world.pass(1);
  await world.drain.pass([file]);
  expect(await inboxState(world.redis)).toMatchObject({ entries: 1, duplicates: 0 });
  expect(world.lost).toHaveLength(1);
  expect(world.removed).toEqual([]);
  expect(world.drain.isSettling(file.name)).toBe(true);
  world.pass(60);
  await world.drain.pass([file]);
  expect(world.removed).toEqual([file.name]);
  expect((await inboxState(world.redis)).entries).toBe(1);
});

test("does not trust a sync over a connection that was replaced meanwhile", async () => {
  let connection = 0;
  const world = await makeWorld({ syncs: () => (connection += 1) });
  const file = await world.place("one");
  await world.drain.pass([file]);
  expect(world.removed).toEqual([]);
  expect(world.drain.isSettling(file.name)).toBe(true);
});

test("ends a pass where Redis is away, and loses no file by it", async () => {
  let asked = 0;
  const world = await makeWorld({
    accept: () => {
      asked += 1;
      return Promise.reject(new Error("Connection is closed."));
    },
  });
  const files = await Promise.all(Array.from({ length: 50 }, (_, n) => world.place(`e${n}`)));
  await world.drain.pass(files);
  // As many as are given at once.
  expect(asked).toBeLessThanOrEqual(4);
  expect([world.asides, world.removed]).toEqual([[], []]);
});

test("takes a file that another ingest was faster with for removed", async () => {
  const world = await makeWorld();
  const name = makeName(1, 1);
  await world.drain.pass([parseName(name) as SpoolFileName]);
  expect(world.removed).toEqual([name]);
});
