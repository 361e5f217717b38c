import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { obtainRedis } from "@misskeep/private-redis";
import { connectRedis, parseInfo, type Redis, waitUntilReady } from "@misskeep/redis";
import { until } from "@misskeep/testkit";
import { expect, onTestFinished, test } from "vitest";
import { launch, type Launched } from "./launch.ts";

/** A stand-in for an app: notes in a file what happens to it, and that Redis still answers while it stops. */
const APP = `
  const { appendFileSync } = require("node:fs");
  const { connect } = require("node:net");
  const [file, name] = process.argv.slice(1);
  const note = (what) => appendFileSync(file, name + " " + what + "\\n");
  note("starts with " + process.env.REDIS_URL);
  process.on("SIGTERM", () => {
    const { port } = new URL(process.env.REDIS_URL);
    const end = (what) => { note(what); process.exit(0); };
    connect(port, "127.0.0.1", () => end("stops before Redis")).on("error", () => end("stops after Redis"));
  });
  process.on("disconnect", () => { note("is alone"); process.exit(0); });
  setInterval(() => {}, 1000);
`;

interface World {
  readonly dataDir: string;
  readonly notes: () => Promise<string[]>;
  readonly launched: Launched;
}

async function world(): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "misskeep-launch-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const file = join(dataDir, "notes");
  const launched = await launch({
    redis: { dataDir, env: { ...process.env, REDIS_URL: undefined }, announce: () => {} },
    apps: ["ingest", "worker"],
    spawnApp: (name, redisUrl) =>
      spawn(process.execPath, ["-e", APP, file, name], {
        env: { REDIS_URL: redisUrl },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      }),
    log: { info: () => {}, error: () => {} },
    onHopeless: (reason) => expect.fail(reason),
  });
  onTestFinished(() => launched.stop());
  const notes = async (): Promise<string[]> =>
    (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean);
  await until(async () => (await notes()).length === 2);
  return { dataDir, notes, launched };
}

async function connected<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectRedis({ url, role: "command" });
  try {
    await waitUntilReady(redis, 5_000);
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** Another one for each run of a server. A process id would not do: in a container it is always the same. */
const runIdOfRedis = (url: string): Promise<string> =>
  connected(url, async (redis) => parseInfo(await redis.info("server")).get("run_id") ?? "");

const urlIn = (note: string | undefined): string => note?.split(" ").at(-1) ?? "";

test("the apps get the private Redis, and it stops after them", async () => {
  const { notes, launched } = await world();
  const started = await notes();
  expect(new Set(started.map((note) => note.split(" ")[0]))).toEqual(new Set(["ingest", "worker"]));
  const url = urlIn(started[0]);
  expect(url).toMatch(/^redis:\/\/:[0-9a-f]+@127\.0\.0\.1:\d+$/);
  await launched.stop();
  expect((await notes()).slice(2).toSorted()).toEqual([
    "ingest stops before Redis",
    "worker stops before Redis",
  ]);
  await expect(runIdOfRedis(url)).rejects.toThrow("did not answer");
});

test("a private Redis that ends starts again at its address, under running apps", async () => {
  const { notes } = await world();
  const started = await notes();
  const url = urlIn(started[0]);
  const before = await runIdOfRedis(url);
  // By its own command, since it may run in a container. The connection breaks in place of an answer.
  await connected(url, (redis) => redis.shutdown("NOSAVE")).catch(() => undefined);
  await until(async () => (await runIdOfRedis(url)) !== before, { timeout: 60_000 });
  expect(await notes()).toEqual(started);
});

test("Redis goes on for another start that uses the same data dir", async () => {
  const { dataDir, notes, launched } = await world();
  const url = urlIn((await notes())[0]);
  const other = await obtainRedis({
    dataDir,
    env: { ...process.env, REDIS_URL: undefined },
    announce: () => {},
  });
  expect(other).toMatchObject({ kind: "adopted", url });
  await launched.stop();
  expect(await runIdOfRedis(url)).not.toBe("");
  await other.stop();
});
