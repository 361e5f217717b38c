import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { accept, inboxState, listEntries, listSpools } from "@misskeep/inbox";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { deliver, freshRedisUrl, ownRedis, type TestRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { delivery, makeFolder, startIngest, type TestIngestOptions } from "../test-support/start-ingest.ts";
import { encodeSpooled, type Spooled } from "./file-format.ts";
import { makeName } from "./file-name.ts";
import { nodeFs } from "./file-system.ts";
import { createSpool } from "./spool.ts";

const spooled = { status: 202, body: { status: "accepted", id: null } };
const full = { status: 503, body: { code: "SPOOL_FULL" } };

async function own(): Promise<TestRedis> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  return server;
}

async function startAway(options: TestIngestOptions = {}, server?: TestRedis) {
  const redis = server ?? (await own());
  const app = await startIngest({ redisUrl: redis.url, ...options });
  await redis.kill();
  await until(() => app.keeping.reason() !== undefined);
  return { server: redis, app };
}

const fresh = (n: number) => delivery(JSON.stringify({ eventId: `e${n}`, text: "あ" }));
const events = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith(".event"));
const ready = async ({ port }: { port: number }) => (await fetch(`http://127.0.0.1:${port}/ready`)).status;

/** Puts a file where ingest finds it. */
async function place(folder: string, spooledOne: Spooled): Promise<string> {
  await mkdir(folder, { recursive: true });
  const bytes = encodeSpooled(spooledOne);
  const name = makeName(Math.max(spooledOne.delivery.receivedAt, 0), bytes.length);
  await writeFile(join(folder, name), bytes);
  return name;
}

const aSpooled = (eventId: string, receivedAt = Date.now()): Spooled => ({
  delivery: { hook: "default", receivedAt, meta: { secretNumber: 1 }, body: Buffer.from(`"${eventId}"`) },
  identity: { server: undefined, eventId },
});

test("what is acknowledged while Redis is away is in the inbox once when it is back, as it was received", async () => {
  const { server, app } = await startAway();
  const sent = Array.from({ length: 200 }, (_, n) => fresh(n));
  const before = Date.now();
  for (const answer of await Promise.all(sent.map((each) => deliver(app.url, each))))
    expect(answer).toMatchObject(spooled);
  // Resends, as Misskey sends them when it did not hear the answer.
  for (const again of sent.slice(0, 20)) expect(await deliver(app.url, again)).toMatchObject(spooled);
  const after = Date.now();
  expect(await events(app.folder)).toHaveLength(220);
  expect(app.spool.state()).toMatchObject({ files: 220, refusal: undefined });
  expect(app.spool.state().oldestAt).toBeGreaterThanOrEqual(before);
  expect(await ready(app)).toBe(200);

  await server.restart();
  await until(async () => (await events(app.folder)).length === 0);
  expect(await inboxState(app.redis)).toMatchObject({ entries: 200, accepted: 200, duplicates: 20 });
  const entries = await listEntries(app.redis, { limit: 300 });
  expect(entries.map(({ body }) => body.toString()).toSorted()).toEqual(
    sent.map(({ rawBody }) => rawBody.toString()).toSorted(),
  );
  for (const { receivedAt, meta } of entries) {
    expect(receivedAt).toBeGreaterThanOrEqual(before);
    expect(receivedAt).toBeLessThanOrEqual(after);
    expect(meta).toMatchObject({ secretNumber: 1 });
  }
  expect(await deliver(app.url, fresh(7))).toMatchObject({ status: 200, body: { status: "duplicate" } });
});

test("a delivery that Redis took without being heard is known when the spool gives it once more", async () => {
  const server = await own();
  const app = await startIngest({ redisUrl: server.url });
  // Without an event id, its bytes and the time of its arrival decide.
  const odd = delivery("no JSON");
  await server.freeze();
  const answers = await Promise.all([fresh(1), fresh(2), odd].map((each) => deliver(app.url, each)));
  for (const answer of answers) expect(answer).toMatchObject(spooled);
  await server.thaw();
  await until(() => app.spool.state().files === 0);
  expect((await inboxState(app.redis)).entries).toBe(3);
  expect(await deliver(app.url, odd)).toMatchObject({ status: 200 });
});

test("two ingests on one folder drain it together, and each event is there once", async () => {
  const folder = await makeFolder();
  const { server, app: first } = await startAway({ folder });
  const answers = await Promise.all(Array.from({ length: 150 }, (_, n) => deliver(first.url, fresh(n))));
  for (const answer of answers) expect(answer).toMatchObject(spooled);
  await server.restart();
  const second = await startIngest({ redisUrl: server.url, folder });
  await until(async () => (await events(folder)).length === 0);
  expect(await inboxState(second.redis)).toMatchObject({ entries: 150, accepted: 150 });
  for (const { spool } of [first, second]) await until(() => spool.state().files === 0);
  expect(await readdir(folder)).not.toContain("aside");
  await until(async () => (await listSpools(second.redis, Date.now())).length === 1);
});

test("answers 503 and is not ready when the spool is full, and recovers when it has been drained", async () => {
  const { server, app } = await startAway({ spoolMaxBytes: 1_500 });
  let n = 0;
  await until(async () => (await deliver(app.url, fresh((n += 1)))).status === 503);
  expect(n).toBeGreaterThan(2);
  expect(app.spool.state().bytes).toBeLessThanOrEqual(1_500);
  expect(await deliver(app.url, delivery("x".repeat(1_500)))).toMatchObject(full);
  await server.restart();
  await until(() => app.spool.state().files === 0);
  expect((await inboxState(app.redis)).entries).toBe(n - 1);
  await server.kill();
  await until(() => app.keeping.reason() !== undefined);
  expect(await deliver(app.url, fresh(0))).toMatchObject(spooled);
});

test("many at once do not pass the spool's limit together", async () => {
  const { app } = await startAway({ spoolMaxBytes: 20_000 });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => deliver(app.url, fresh(n))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 503]));
  const sizes = (await events(app.folder)).map((name) => Number(name.split("-")[1]));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(20_000);
  expect(sizes).toHaveLength(answers.filter(({ status }) => status === 202).length);
});

test("goes on with Redis alone where the disk cannot be used, and says so", async () => {
  const folder = await makeFolder();
  // Where the folder should be there is a file.
  await writeFile(folder, "");
  const server = await own();
  const app = await startIngest({ redisUrl: server.url, folder });
  expect(app.spool.refusal()).toBe("SPOOL_FAILED");
  expect(await deliver(app.url, fresh(1))).toMatchObject({ status: 202, body: { id: expect.any(String) } });
  expect(await ready(app)).toBe(200);
  await server.kill();
  await until(() => app.keeping.reason() !== undefined);
  expect(await deliver(app.url, fresh(2))).toMatchObject({ status: 503, body: { code: "SPOOL_FAILED" } });
  expect(await ready(app)).toBe(503);
  const told = app.log.filter(({ message }) => message.startsWith("the spool cannot be used"));
  expect(told).toHaveLength(1);
});

test("uses the disk again as soon as it can be used", async () => {
  const folder = join(await makeFolder(), "spool");
  await writeFile(dirname(folder), "");
  const app = await startIngest({ folder });
  expect(app.spool.refusal()).toBe("SPOOL_FAILED");
  const { rm } = await import("node:fs/promises");
  await rm(dirname(folder));
  await until(() => app.spool.refusal() === undefined);
  expect(app.log.map(({ message }) => message)).toContain("the spool can be used again");
});

test("empties a disk that is full of its own files, and uses it again then", async () => {
  const folder = await makeFolder();
  const redis = connectRedis({ url: await freshRedisUrl(), role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  const spool = createSpool({
    fs: {
      ...nodeFs,
      async create(path) {
        if ((await events(folder)).length > 0) throw Object.assign(new Error("full"), { code: "ENOSPC" });
        return nodeFs.create(path);
      },
    },
    folder,
    maxBytes: 1_000_000,
    log: { info() {}, warn() {}, error() {} },
    accept: ({ delivery: each, identity }) => accept(redis, each, identity, { windowMs: 60_000 }),
    canAccept: () => true,
    syncs: () => 1,
    isRefusal: () => true,
    taken: () => 0,
    onDrained() {},
    onRefused() {},
    onUnavailable() {},
    now: () => performance.now(),
    clock: () => Date.now(),
  });
  for (const eventId of ["a", "b", "c"]) await place(folder, aSpooled(eventId));
  await spool.round();
  expect((await inboxState(redis)).entries).toBe(3);
  expect(await events(folder)).toEqual([]);
  await spool.round();
  expect(spool.refusal()).toBeUndefined();
  await spool.put(aSpooled("d"), 5_000);
});

test("sets aside what is torn, altered or foreign, says so, and takes the rest", async () => {
  const folder = await makeFolder();
  const torn = await place(folder, aSpooled("torn"));
  const altered = await place(folder, aSpooled("altered"));
  await place(folder, aSpooled("fine"));
  const tornBytes = await readFile(join(folder, torn));
  await writeFile(join(folder, torn), tornBytes.subarray(0, -1));
  const alteredBytes = await readFile(join(folder, altered));
  alteredBytes[alteredBytes.length - 2] = 0x21;
  await writeFile(join(folder, altered), alteredBytes);
  await writeFile(join(folder, "notes.txt"), "mine");
  await writeFile(join(folder, ".hidden"), "the file system's");
  await mkdir(join(folder, "lost+found"));

  const app = await startIngest({ folder });
  await until(() => app.spool.state().aside === 3);
  expect((await readdir(join(folder, "aside"))).toSorted()).toEqual(
    [torn, altered, expect.stringMatching(/^notes\.txt\.[0-9a-f]+$/)].toSorted((a, b) =>
      String(a) < String(b) ? -1 : 1,
    ),
  );
  expect(await readdir(folder)).toEqual(expect.arrayContaining([".hidden", "lost+found"]));
  expect((await listEntries(app.redis, { limit: 5 })).map(({ body }) => body.toString())).toEqual(['"fine"']);
  await until(async () => (await listSpools(app.redis, Date.now()))[0]?.aside === 3);
  // What a person puts back is looked at afresh.
  await writeFile(join(folder, torn), tornBytes);
  await until(async () => (await inboxState(app.redis)).entries === 2);
});

test("below `disk` a file stays when Redis has taken its event, and counts no more", async () => {
  const server = await own();
  const folder = await makeFolder();
  const name = await place(folder, aSpooled("kept"));
  const setUp = await startIngest({ redisUrl: server.url });
  await setUp.redis.config("SET", "appendfsync", "everysec");
  const app = await startIngest({ redisUrl: server.url, folder, wanted: "second" });
  await until(async () => (await inboxState(app.redis)).entries === 1);
  await until(() => app.spool.state().files === 0);
  expect(await events(folder)).toEqual([name]);
  expect(app.spool.state()).toMatchObject({ oldestAt: undefined, bytes: expect.any(Number) });
  // It was given once, and waits.
  expect((await inboxState(app.redis)).duplicates).toBe(0);
});

test("takes deliveries from its start on, beside draining what lies there", async () => {
  const folder = await makeFolder();
  for (let n = 0; n < 2_000; n++) await place(folder, aSpooled(`old ${n}`));
  const app = await startIngest({ folder });
  let during = 0;
  for (let n = 0; app.spool.state().files > 0; n++) {
    expect(await deliver(app.url, fresh(n))).toMatchObject({ status: 202, body: { id: expect.any(String) } });
    if (app.spool.state().files > 0) during += 1;
  }
  expect(during).toBeGreaterThan(5);
  await until(async () => (await events(folder)).length === 0);
});

test("drains nothing into a Redis that is nearly full, and goes on when there is room", async () => {
  const server = await own();
  const app = await startIngest({ redisUrl: server.url });
  const used = app.keeping.details().usedMemory;
  await app.redis.config("SET", "maxmemory", Math.round(used / 0.9));
  await until(() => app.keeping.reason() === "REDIS_FULL");
  expect(await deliver(app.url, fresh(1))).toMatchObject(spooled);
  await until(async () => (await listSpools(app.redis, Date.now()))[0]?.files === 1);
  expect((await inboxState(app.redis)).entries).toBe(0);
  await app.redis.config("SET", "maxmemory", used * 10);
  await until(async () => (await inboxState(app.redis)).entries === 1);
  await until(async () => (await listSpools(app.redis, Date.now()))[0]?.files === 0);
});
