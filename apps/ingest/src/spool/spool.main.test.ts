import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inboxState } from "@misskeep/inbox";
import { deliver, freshRedisUrl, ownRedis, until } from "@misskeep/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { delivery, makeFolder } from "../test-support/start-ingest.ts";
import { connect, SECRETS, startMain } from "../test-support/start-main.ts";
import { encodeSpooled } from "./file-format.ts";
import { makeName } from "./file-name.ts";

// Each test starts processes that compile their sources.
vi.setConfig({ testTimeout: 120_000 });

const events = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith(".event"));

test("killed in the middle of draining, it goes on at its next start, and each event is there once", async () => {
  const folder = await makeFolder();
  await mkdir(folder);
  const many = 1_500;
  for (let n = 0; n < many; n++) {
    const body = Buffer.from(`{"eventId":"e${n}"}`);
    const bytes = encodeSpooled({
      delivery: { hook: "mods", receivedAt: Date.now(), meta: { secretNumber: 1 }, body },
      identity: { server: undefined, eventId: `e${n}` },
    });
    await writeFile(join(folder, makeName(Date.now(), bytes.length)), bytes);
  }
  const redisUrl = await freshRedisUrl();
  const redis = await connect(redisUrl);
  const env = { REDIS_URL: redisUrl, MISSKEEP_DATA_DIR: dirname(folder) };
  for (const least of [50, 600]) {
    const app = startMain(env);
    await until(async () => (await inboxState(redis)).entries > least, { timeout: 60_000, every: 1 });
    await app.kill("SIGKILL");
    const left = await events(folder);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(many);
  }
  startMain(env);
  await until(async () => (await events(folder)).length === 0, { timeout: 60_000 });
  expect(await inboxState(redis)).toMatchObject({ entries: many, accepted: many });
});

test("starts on the spool alone while Redis is away, if it ever reached it, and stops in time", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const folder = await makeFolder();
  const env = { REDIS_URL: server.url, MISSKEEP_DATA_DIR: dirname(folder) };
  const first = startMain(env);
  await first.waitFor(({ msg }) => msg === "ready");
  await first.kill("SIGTERM");
  await server.kill();

  const app = startMain(env);
  const { port, metricsPort } = await app.waitFor(({ msg }) => msg === "ready", 60_000);
  const url = `http://127.0.0.1:${String(port)}/misskey`;
  const send = (body: string) => deliver(url, delivery(body), { secret: SECRETS.right });
  expect(await send('{"eventId":"a"}')).toMatchObject({ status: 202, body: { id: null } });
  const internal = `http://127.0.0.1:${String(metricsPort)}`;
  const ready = await fetch(`${internal}/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    reason: "REDIS_UNAVAILABLE",
    spool: { files: 1, oldestSeconds: expect.any(Number), aside: 0, refusal: null },
  });
  const metrics = await (await fetch(`${internal}/metrics`)).text();
  for (const line of [
    'misskeep_spool_files{app="ingest"} 1',
    'misskeep_can_keep{app="ingest"} 1',
    'misskeep_redis_takes_events{app="ingest"} 0',
    'misskeep_spooled_total{reason="REDIS_UNAVAILABLE",app="ingest"} 1',
  ])
    expect(metrics).toContain(line);

  await server.restart();
  await until(async () => (await events(folder)).length === 0);
  const kept = await until(async () => {
    const answer = await send('{"eventId":"b"}');
    return (answer.body as { id: unknown }).id === null ? undefined : answer;
  });
  expect(kept.status).toBeLessThan(203);
  expect(await send('{"eventId":"a"}')).toMatchObject({ status: 200, body: { status: "duplicate" } });
  await app.kill("SIGTERM");
  expect(await app.exit).toEqual({ code: 0, signal: null });
});
