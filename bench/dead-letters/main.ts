/**
 * Measures the desk for dead letters: `npm run bench:dead [-- COUNT]`, 100,000 letters of one processor by default, in
 * a private Redis that ends with it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openContext, rebuildDeadIndex } from "@misskeep/operations";
import { obtainRedis } from "@misskeep/private-redis";
import { connectRedis, parseInfo, type Redis, waitUntilReady } from "@misskeep/redis";
import { fill, PROCESSOR } from "./fill.ts";
import { queriesOf } from "./queries.ts";
import { replayAll } from "./replay-all.ts";
import { slowest, startSlowLog } from "./slow-log.ts";
import { timed, watchMemory } from "./timing.ts";

const TIMES = 20;
const count = Number(process.argv[2] ?? 100_000);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const ms = (value: number): string => `${value.toFixed(1).padStart(8)} ms`;

const dataDir = await mkdtemp(join(tmpdir(), "misskeep-bench-"));
const server = await obtainRedis({
  dataDir,
  env: { ...process.env, REDIS_URL: undefined },
  announce: print,
  packageDir: fileURLToPath(new URL("../../.misskeep/redis-package", import.meta.url)),
});
const redis = connectRedis({ url: server.url, role: "command" });
const shared = connectRedis({ url: server.url, role: "worker" });
const context = openContext(redis, (error) => print(error.message));
// `| head` must not leave the server behind, nor Ctrl-C: it runs in a process group of its own.
process.stdout.on("error", () => {});
const stopped = new Promise<"stopped">((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve("stopped"));
});
let end: "measured" | "stopped";
try {
  await waitUntilReady(redis, 10_000);
  end = await Promise.race([measure().then(() => "measured" as const), stopped]);
} finally {
  await context.queues.close();
  redis.disconnect();
  shared.disconnect();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
// What was under way would go on to ask a server that is gone.
if (end === "stopped") process.exit(130);

async function measure(): Promise<void> {
  const now = Date.now();
  const memory = watchMemory();
  print(`Filling ${count} dead letters …`);
  await fill(redis, count, now);
  const full = await usedMemory(redis);
  print(`${(full / count).toFixed(0)} bytes of Redis a letter, ${(full / 2 ** 20).toFixed(0)} MB in all`);

  await startSlowLog(redis);
  const rebuilding = await timed(1, () =>
    rebuildDeadIndex(context, { processor: PROCESSOR }, { by: "bench", why: "" }),
  );
  print(`\nRebuilding the index ${ms(rebuilding.max)}`);
  print(`${(((await usedMemory(redis)) - full) / count).toFixed(0)} bytes of index a letter`);
  print(`Slowest call of Redis: ${await slowest(redis)}`);

  await startSlowLog(redis);
  print(`\n${"".padEnd(44)}     median         max`);
  for (const [name, run] of await queriesOf(context, count, now)) {
    const { median, max } = await timed(TIMES, run);
    print(`${name.padEnd(44)} ${ms(median)} ${ms(max)}`);
  }
  print(`\nSlowest call of Redis: ${await slowest(redis)}`);
  print(`Most memory of this process: ${memory.peakMb().toFixed(0)} MB`);

  await startSlowLog(redis);
  print("\nReplaying all of them by a run, at full speed …");
  const {
    planMs,
    ms: tookMs,
    run,
  } = await replayAll(context, shared, ({ done, total, items }) =>
    print(`  ${String(done).padStart(7)} of ${total}, ${items.handled} handled`),
  );
  const rate = (run.done / tookMs) * 1_000;
  print(`Planned in ${ms(planMs)}; done in ${(tookMs / 1_000).toFixed(1)} s, ${rate.toFixed(0)} a second`);
  print(`Slowest call of Redis: ${await slowest(redis)}`);
  print(`Most memory of this process, the worker in it: ${memory.peakMb().toFixed(0)} MB`);
}

async function usedMemory(of: Redis): Promise<number> {
  return Number(parseInfo(await of.info("memory")).get("used_memory"));
}
