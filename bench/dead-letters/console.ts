/**
 * Measures the console over HTTP, with 100,000 dead letters of one processor by default, in a private Redis that ends
 * with it; the apps have to be built:
 *
 *     node --conditions=misskeep-source --import tsx bench/dead-letters/console.ts [COUNT]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openContext, rebuildDeadIndex } from "@misskeep/operations";
import { obtainRedis } from "@misskeep/private-redis";
import { connectRedis, waitUntilReady } from "@misskeep/redis";
import { fill, PROCESSOR } from "./fill.ts";
import { timed } from "./timing.ts";

const TIMES = 20;
const count = Number(process.argv[2] ?? 100_000);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const root = fileURLToPath(new URL("../..", import.meta.url));

const dataDir = await mkdtemp(join(tmpdir(), "misskeep-bench-"));
const server = await obtainRedis({
  dataDir,
  env: { ...process.env, REDIS_URL: undefined },
  announce: print,
  packageDir: join(root, ".misskeep/redis-package"),
});
const redis = connectRedis({ url: server.url, role: "command" });
const context = openContext(redis, (error) => print(error.message));
let app: ChildProcess | undefined;
try {
  await waitUntilReady(redis, 10_000);
  print(`Filling ${count} dead letters …`);
  await fill(redis, count, Date.now());
  await rebuildDeadIndex(context, { processor: PROCESSOR }, { by: "bench", why: "" });
  app = spawn(process.execPath, [join(root, "apps/console/dist/main.js")], {
    env: { ...process.env, REDIS_URL: server.url, CONSOLE_PORT: "0", METRICS_PORT: "0", LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    app?.once("message", (message) => resolve((message as { consoleUrl: string }).consoleUrl));
    app?.once("exit", () => reject(new Error("The console did not start")));
  });
  await measure(url, app.pid ?? 0);
} finally {
  if (app && app.exitCode === null) {
    app.kill();
    await once(app, "exit");
  }
  await context.queues.close();
  redis.disconnect();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(url: string, pid: number): Promise<void> {
  const groups = await ask<{ group: string }[]>(`${url}/api/dead/groups?processor=${PROCESSOR}`);
  const first = await ask<{ next: string; letters: { id: string }[] }>(
    `${url}/api/dead?processor=${PROCESSOR}`,
  );
  const paths = [
    "/api/dead",
    `/api/dead?processor=${PROCESSOR}`,
    `/api/dead?processor=${PROCESSOR}&cursor=${encodeURIComponent(first.next)}`,
    `/api/dead?processor=${PROCESSOR}&sort=oldest`,
    `/api/dead?processor=${PROCESSOR}&sort=attempts`,
    `/api/dead?processor=${PROCESSOR}&limit=200`,
    `/api/dead?group=${groups[0]?.group ?? ""}`,
    `/api/dead?processor=${PROCESSOR}&type=mention`,
    `/api/dead?processor=${PROCESSOR}&hook=friends&error=TimedOut`,
    `/api/dead?processor=${PROCESSOR}&person=${encodeURIComponent("@user17@host17.example")}`,
    `/api/dead?processor=${PROCESSOR}&minAttempts=10&maxAttempts=15`,
    `/api/dead/letters/${PROCESSOR}/${first.letters[0]?.id ?? ""}?content=1&raw=1`,
    "/api/dead/groups",
    "/api/overview",
    "/api/processors",
  ];
  print(`\n${"".padEnd(60)}     median         max`);
  for (const path of paths) {
    const { median, max } = await timed(TIMES, () => ask(`${url}${path}`));
    print(`${path.slice(0, 58).padEnd(60)} ${ms(median)} ${ms(max)}`);
  }
  const live = new AbortController();
  const stream = await fetch(`${url}/api/live`, { signal: live.signal });
  const exported = await timed(1, async () => {
    const answer = await fetch(`${url}/api/dead/export?processor=${PROCESSOR}`);
    let lines = 0;
    for await (const chunk of answer.body ?? []) for (const byte of chunk) if (byte === 10) lines += 1;
    if (lines !== count) throw new Error(`${lines} of ${count} letters were exported`);
  });
  await stream.body?.cancel();
  live.abort();
  print(`\nExporting all of them: ${(exported.max / 1_000).toFixed(1)} s`);
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
  print(`Most memory of the console: ${(Number(peak) / 1024).toFixed(0)} MB`);
}

async function ask<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

function ms(value: number): string {
  return `${value.toFixed(1).padStart(8)} ms`;
}
