import { once } from "node:events";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { checkDurability } from "@misskeep/redis";
import { describe, expect, onTestFinished, test } from "vitest";
import { adopt } from "./adopt.ts";
import { readRecord } from "./config.ts";
import { openFolder } from "./folder.ts";
import {
  connected,
  environment,
  get,
  hasRedis,
  kill,
  killAndWait,
  obtain,
  processId,
  run,
  set,
  startInAnotherProcess,
  temporaryFolder,
} from "./test-helpers.ts";

test("gives the Redis of REDIS_URL, and leaves it alone", async () => {
  const dataDir = join(await temporaryFolder(), "data");
  const server = await obtain(dataDir, { env: { REDIS_URL: "redis://127.0.0.1:1" } });
  expect(server).toMatchObject({ kind: "REDIS_URL", url: "redis://127.0.0.1:1" });
  await server.stop();
  await expect(stat(dataDir)).rejects.toThrow(/ENOENT/);
});

describe.skipIf(!hasRedis)("with redis-server on PATH", () => {
  test("starts one that keeps what it acknowledges, on loopback, with limits as told", async () => {
    const { url, kind } = await obtain(await temporaryFolder(), { maxMemory: "64mb", databases: 7 });
    expect(kind).toBe("redis-server");
    expect(await connected(url, checkDurability)).toMatchObject({ level: "disk", maxMemory: 64 * 1024 ** 2 });
    const [databases, bind] = await connected(url, async (redis) => [
      await redis.config("GET", "databases"),
      await redis.config("GET", "bind"),
    ]);
    expect([databases, bind]).toEqual([
      ["databases", "7"],
      ["bind", "127.0.0.1"],
    ]);
  });

  test("keeps the password in a file of its owner's, and out of the command line", async () => {
    const dataDir = await temporaryFolder();
    const { url } = await obtain(dataDir);
    const password = decodeURIComponent(new URL(url).password);
    const file = join(dataDir, "redis/redis.conf");
    expect(await readFile(file, "utf8")).toContain(password);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { stdout } = await run("ps", ["-o", "args=", "-p", String(await processId(url))]);
    expect(stdout).not.toContain(password);
    await expect(get(url.replace(password, "wrong"))).rejects.toThrow(/WRONGPASS|did not answer/);
  });

  test("runs in a process group of its own, which Ctrl-C does not reach", async () => {
    const { url } = await obtain(await temporaryFolder());
    const pid = await processId(url);
    const { stdout } = await run("ps", ["-o", "pgid=", "-p", String(pid)]);
    expect(Number(stdout)).toBe(pid);
  });

  test("a start while one runs adopts it; the last to stop ends it", async () => {
    const dataDir = await temporaryFolder();
    const first = await obtain(dataDir);
    const second = await obtain(dataDir, { maxMemory: 70_000_000 });
    expect(second).toMatchObject({ kind: "adopted", url: first.url });
    expect(await connected(first.url, checkDurability)).toMatchObject({ maxMemory: 70_000_000 });
    await first.stop();
    const pid = await processId(second.url);
    await second.stop();
    await expect.poll(() => kill(pid, 0), { timeout: 10_000 }).toBe(false);
  });

  test("a later start finds the data and keeps the address", async () => {
    const dataDir = await temporaryFolder();
    const first = await obtain(dataDir);
    await set(first.url);
    await first.stop();
    const second = await obtain(dataDir);
    expect(second).toMatchObject({ kind: "redis-server", url: first.url });
    expect(await get(second.url)).toBe("kept");
  });

  test("after a SIGKILL of Redis the next start has all that was acknowledged", async () => {
    const dataDir = await temporaryFolder();
    const first = await obtain(dataDir);
    await set(first.url);
    await killAndWait(await processId(first.url));
    const second = await obtain(dataDir);
    expect(second.kind).toBe("redis-server");
    expect(await get(second.url)).toBe("kept");
  });

  test("after a SIGKILL of the starter its Redis lives on, and is adopted", async () => {
    const dataDir = await temporaryFolder();
    const starter = startInAnotherProcess(dataDir);
    const url = await starter.url;
    await set(url);
    starter.child.kill("SIGKILL");
    await once(starter.child, "exit");
    const next = await obtain(dataDir);
    expect(next).toMatchObject({ kind: "adopted", url });
    await next.stop();
    await expect(get(url)).rejects.toThrow(/ECONNREFUSED|did not answer/);
  });

  test("processes that start at the same moment share one server", async () => {
    const dataDir = await temporaryFolder();
    const starters = [1, 2, 3].map(() => startInAnotherProcess(dataDir));
    const urls = await Promise.all(starters.map(({ url }) => url));
    expect(new Set(urls).size).toBe(1);
    const pid = await processId(urls[0] ?? "");
    onTestFinished(() => void kill(pid, "SIGKILL"));
    const log = await readFile(join(dataDir, "redis/redis.log"), "utf8");
    expect(log.match(/Server initialized/g)).toHaveLength(1);
  });

  test("takes another port where something else took the recorded one", async () => {
    const dataDir = await temporaryFolder();
    const first = await obtain(dataDir);
    await set(first.url);
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    onTestFinished(() => void squatter.close());
    await once(squatter, "listening");
    const second = await obtain(dataDir);
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await get(second.url)).toBe("kept");
  });

  test("starts no second server beside one whose record is broken", async () => {
    const dataDir = await temporaryFolder();
    const { url } = await obtain(dataDir);
    await writeFile(join(dataDir, "redis/redis.conf"), "port what");
    await expect(obtain(dataDir)).rejects.toMatchObject({ code: "REDIS_RECORD_UNREADABLE" });
    await rm(join(dataDir, "redis/redis.conf"));
    await expect(obtain(dataDir)).rejects.toMatchObject({ code: "REDIS_RECORD_UNREADABLE" });
    expect(await connected(url, (redis) => redis.ping())).toBe("PONG");
  });

  test("starts on the old data where the record is broken and no server runs", async () => {
    const dataDir = await temporaryFolder();
    const first = await obtain(dataDir);
    await set(first.url);
    await first.stop();
    await writeFile(join(dataDir, "redis/redis.conf"), "");
    expect(await get((await obtain(dataDir)).url)).toBe("kept");
  });

  test("starts no second server beside a frozen one", async () => {
    const dataDir = await temporaryFolder();
    const { url } = await obtain(dataDir);
    kill(await processId(url), "SIGSTOP");
    const folder = await openFolder(dataDir);
    const options = { env: environment, announce: () => {}, maxMemory: 0, patienceMs: 500 };
    const adopting = adopt(folder, await readRecord(folder), options);
    await expect(adopting).rejects.toMatchObject({ code: "REDIS_NOT_ANSWERING" });
  });

  test("works in a folder whose path is too long for a socket, and holds spaces and quotes", async () => {
    const dataDir = join(await temporaryFolder(), `it's "quoted" ${"long".repeat(25)}`);
    const { socket } = await openFolder(dataDir);
    onTestFinished(() => rm(dirname(socket), { recursive: true, force: true }));
    const first = await obtain(dataDir);
    expect((await obtain(dataDir)).url).toBe(first.url);
  });

  test("says what Redis logged when it cannot start", async () => {
    const dataDir = await temporaryFolder();
    await mkdir(join(dataDir, "redis"));
    await writeFile(join(dataDir, "redis/appendonlydir"), "in its way");
    await expect(obtain(dataDir)).rejects.toThrow(
      expect.objectContaining({ code: "REDIS_DID_NOT_START", message: expect.stringMatching(/append/i) }),
    );
  });
});
