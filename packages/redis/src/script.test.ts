import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { freshRedisUrl, ownRedis } from "@misskeep/testkit";
import type { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { connectRedis } from "./connect.ts";
import { waitUntilReady } from "./ready.ts";
import { loadScript, type Script } from "./script.ts";

async function connect(url: string): Promise<Redis> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

async function aScript(lua: string): Promise<Script> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-script-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "script.lua"), lua);
  return loadScript(pathToFileURL(join(folder, "script.lua")));
}

/** A script that no server has seen: its text is new. */
const unseen = (lua: string): Promise<Script> => aScript(`-- ${Math.random()}\n${lua}`);

test("a script gets its keys and arguments, and runs whether or not Redis knows it", async () => {
  const redis = await connect(await freshRedisUrl());
  const script = await unseen("return {KEYS[1], KEYS[2], ARGV[1], ARGV[2], #KEYS, #ARGV}");
  const reply = ["k1", "k2", "a", "7", 2, 2];
  expect(await script.run(redis, ["k1", "k2"], ["a", 7])).toEqual(reply);
  expect(await script.run(redis, ["k1", "k2"], ["a", 7])).toEqual(reply);
});

/** How often the server ran each of the two commands that run scripts. */
async function calls(redis: Redis): Promise<{ eval: number; evalsha: number }> {
  const stats = await redis.info("commandstats");
  const of = (command: string): number =>
    Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
  return { eval: of("eval"), evalsha: of("evalsha") };
}

test("a script is sent whole only where Redis does not know it: at first, after SCRIPT FLUSH and a restart", async () => {
  const server = await ownRedis();
  onTestFinished(() => server.stop());
  const redis = await connect(server.url);
  const script = await unseen("return redis.call('INCR', KEYS[1])");
  expect(await script.run(redis, ["n"], [])).toBe(1);
  expect(await script.run(redis, ["n"], [])).toBe(2);
  expect(await calls(redis)).toEqual({ eval: 1, evalsha: 2 });
  await redis.script("FLUSH");
  expect(await script.run(redis, ["n"], [])).toBe(3);
  expect(await script.run(redis, ["n"], [])).toBe(4);
  expect(await calls(redis)).toEqual({ eval: 2, evalsha: 4 });
  await server.restart();
  const anew = await connect(server.url);
  expect(await script.run(anew, ["n"], [])).toBe(5);
  expect(await calls(anew)).toEqual({ eval: 1, evalsha: 1 });
});

test("many first calls at once each run once", async () => {
  const redis = await connect(await freshRedisUrl());
  const script = await unseen("return redis.call('INCR', KEYS[1])");
  const replies = await Promise.all(Array.from({ length: 50 }, () => script.run(redis, ["n"], [])));
  expect(replies.toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 50 }, (_, n) => n + 1),
  );
});

test("bytes go in and come out as they are; decoded only where asked for", async () => {
  const redis = await connect(await freshRedisUrl());
  const script = await unseen("return {ARGV[1], #ARGV[1]}");
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xc3]);
  expect(await script.runRaw(redis, [], [bytes])).toEqual([bytes, 5]);
  expect(await script.run(redis, [], ["é"])).toEqual(["é", 2]);
});

test("a script's error is thrown, and the script not run a second time", async () => {
  const redis = await connect(await freshRedisUrl());
  const script = await unseen("redis.call('INCR', KEYS[1]) return redis.error_reply('BADARG no')");
  await expect(script.run(redis, ["n"], [])).rejects.toThrow(/^BADARG no/);
  await expect(script.runRaw(redis, ["n"], [])).rejects.toThrow(/^BADARG no/);
  expect(await redis.get("n")).toBe("2");
});

test("a script that is not there is an error at once, where it is loaded", () => {
  expect(() => loadScript(new URL("file:///nowhere/script.lua"))).toThrow(/ENOENT/);
});
