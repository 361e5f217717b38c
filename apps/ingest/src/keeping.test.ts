import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { deliver, ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import {
  delivery,
  startIngest,
  type TestIngest,
  type TestIngestOptions,
} from "./test-support/start-ingest.ts";

type Own = Awaited<ReturnType<typeof ownRedis>>;

async function startOnOwnRedis(options: TestIngestOptions = {}): Promise<{ server: Own; app: TestIngest }> {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  return { server, app: await startIngest({ ...options, redisUrl: server.url }) };
}

async function connectAdmin({ url }: Own): Promise<Redis> {
  const admin = connectRedis({ url, role: "command" });
  onTestFinished(() => admin.disconnect());
  await waitUntilReady(admin, 10_000);
  return admin;
}

let count = 0;
const fresh = () => delivery(`{"eventId":"${(count += 1)}"}`);

const spooled = { status: 202, body: { status: "accepted", id: null } };

const ready = async ({ port }: TestIngest): Promise<unknown> =>
  (await fetch(`http://127.0.0.1:${port}/ready`)).json();

const toRecover = async (app: TestIngest): Promise<void> => {
  await until(async () => ((await deliver(app.url, fresh())).body as { id: unknown }).id !== null);
  expect(await ready(app)).toEqual({ ready: true });
  await until(() => app.spool.state().files === 0);
};

test("spools within 2.5 s while Redis is frozen, at once when that is known, and recovers", async () => {
  const { server, app } = await startOnOwnRedis();
  const caught = fresh();
  expect((await deliver(app.url, fresh())).status).toBe(202);
  await server.freeze();
  const started = performance.now();
  const answers = await Promise.all([caught, fresh(), fresh()].map((sent) => deliver(app.url, sent)));
  const took = performance.now() - started;
  for (const answer of answers) expect(answer).toMatchObject(spooled);
  // The promise itself; the machine may be busy, but Misskey's 5 s are not ours to spend.
  expect(took).toBeLessThan(4_000);
  await until(() => app.keeping.reason() === "REDIS_UNAVAILABLE");
  // Known from its silence, long before the connection breaks.
  expect(app.redis.status).toBe("ready");
  expect(await ready(app)).toEqual({ ready: true });

  // Now nothing waits in memory for a Redis that may stay away for hours.
  const again = performance.now();
  for (let i = 0; i < 5; i++) expect(await deliver(app.url, fresh())).toMatchObject(spooled);
  expect(performance.now() - again).toBeLessThan(took);

  await server.thaw();
  await toRecover(app);
  expect([200, 202]).toContain((await deliver(app.url, caught)).status);
});

test("only the first deliveries wait for a Redis that fell silent, and it is asked until it answers", async () => {
  const { server, app } = await startOnOwnRedis({ everyMs: 60_000 });
  await server.freeze();
  const took = async (): Promise<number> => {
    const started = performance.now();
    expect(await deliver(app.url, fresh())).toMatchObject(spooled);
    return performance.now() - started;
  };
  const first = await took();
  expect(await took()).toBeLessThan(first / 2);
  await server.thaw();
  await toRecover(app);
});

test("spools in time even if the connection itself would wait for ever", async () => {
  const { server, app } = await startOnOwnRedis({ role: "worker" });
  await server.freeze();
  expect(await deliver(app.url, fresh())).toMatchObject(spooled);
  await server.thaw();
});

test("spools while Redis is dead, and recovers with its return", async () => {
  const { server, app } = await startOnOwnRedis();
  const kept = fresh();
  expect((await deliver(app.url, kept)).status).toBe(202);
  await server.kill();
  await until(() => app.keeping.reason() !== undefined);
  for (let i = 0; i < 3; i++) expect(await deliver(app.url, fresh())).toMatchObject(spooled);
  expect(await ready(app)).toEqual({ ready: true });
  expect((await fetch(`http://127.0.0.1:${app.port}/health`)).status).toBe(200);
  await server.restart();
  await toRecover(app);
  expect(await deliver(app.url, kept)).toMatchObject({ status: 200, body: { status: "duplicate" } });
  expect(app.log.map(({ message }) => message)).toContain("Redis takes events again");
});

test("spools above 80 % of Redis' memory, until there is room again", async () => {
  const { app } = await startOnOwnRedis();
  const admin = app.redis;
  const used = app.keeping.details().usedMemory;
  await admin.config("SET", "maxmemory", Math.round(used / 0.9));
  await until(() => app.keeping.reason() === "REDIS_FULL");
  expect(await deliver(app.url, fresh())).toMatchObject(spooled);
  expect(await ready(app)).toEqual({ ready: true });
  await admin.config("SET", "maxmemory", used * 10);
  await toRecover(app);
});

test("spools when Redis is full before that was seen", async () => {
  const { app } = await startOnOwnRedis({ everyMs: 60_000 });
  await app.redis.config("SET", "maxmemory", 1);
  expect(await deliver(app.url, fresh())).toMatchObject(spooled);
});

test("spools while Redis is a replica that takes no writes", async () => {
  const { server, app } = await startOnOwnRedis({ everyMs: 60_000 });
  const [other, admin] = [await ownRedis(), await connectAdmin(server)];
  onTestFinished(() => other.stop());
  const { hostname, port } = new URL(other.url);
  await admin.replicaof(hostname, Number(port));
  expect(await deliver(app.url, fresh())).toMatchObject(spooled);
  await admin.replicaof("NO", "ONE");
  await toRecover(app);
});

test("spools as long as Redis, reconnected, promises less than is demanded", async () => {
  const { server, app } = await startOnOwnRedis({ everyMs: 60_000 });
  const admin = await connectAdmin(server);
  await admin.config("SET", "appendfsync", "everysec");
  await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await until(() => app.keeping.reason() === "NOT_DURABLE");
  expect(await deliver(app.url, fresh())).toMatchObject(spooled);
  expect(app.keeping.details().findings.join()).toContain("appendfsync");
  await admin.config("SET", "appendfsync", "always");
  await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await toRecover(app);
});

test("takes no event on a new connection before it knows what that promises", async () => {
  const { app } = await startOnOwnRedis({ everyMs: 60_000 });
  const seen: (string | undefined)[] = [];
  // Registered after the watch's own listener: the first moment in which a delivery could come.
  app.redis.on("ready", () => seen.push(app.keeping.reason()));
  app.redis.disconnect(true);
  await until(() => seen.length > 0);
  expect(seen).toEqual(["REDIS_UNAVAILABLE"]);
  await toRecover(app);
});
