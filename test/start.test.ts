/** `npm start`'s program on a copy of the workspace, whose `.env` and data dir are its own. */
import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import {
  capture,
  deliver,
  startProcess,
  until,
  type OutputLine,
  type RunningProcess,
} from "@misskeep/testkit";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { copyOfWorkspace } from "./support/copy-of-workspace.ts";

const APPS = ["ingest", "worker", "console"];

const isReady =
  (app: string) =>
  (line: OutputLine): boolean =>
    line["app"] === app && line["msg"] === "ready";

function start(workspace: string, env: Record<string, string> = {}): RunningProcess {
  const launcher = startProcess(process.execPath, [join(workspace, "apps/launcher/dist/main.js")], {
    cwd: workspace,
    env: { PATH: process.env["PATH"], HOME: workspace, PORT: String(port), ...env },
  });
  onTestFinished(async () => void (await launcher.kill("SIGINT")));
  return launcher;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

function listens(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function redisPort(workspace: string): Promise<number> {
  const config = await readFile(join(workspace, ".misskeep/redis/redis.conf"), "utf8");
  return Number(/^port (\d+)$/m.exec(config)?.[1]);
}

let port: number;
beforeAll(async () => {
  port = await freePort();
});

test("a first start tells a secret that works; after a SIGKILL the next start goes on; Ctrl-C ends all", async () => {
  const workspace = await copyOfWorkspace();
  const url = `http://127.0.0.1:${port}/misskey`;
  const note = capture("note-plain-japanese");

  const first = start(workspace);
  const [, worker] = await Promise.all(APPS.map((app) => first.waitFor(isReady(app), 60_000)));
  await first.waitFor("npx misskeep status");
  const { text } = await first.waitFor("or in a browser:");
  const page = await fetch(/http:\S+/.exec(String(text))?.[0] ?? "");
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
  const secret = /Secret .*\s([0-9a-f]{40})$/m.exec(first.stdout)?.[1] ?? "";
  expect(first.stdout).toContain(`http://localhost:${port}/misskey`);
  expect(first.stdout).toContain("allowedPrivateNetworks");
  const logged = first.lines.filter((line) => "level" in line);
  expect(JSON.stringify(logged)).not.toContain(secret);
  expect(await readFile(join(workspace, ".env"), "utf8")).toContain(`MISSKEY_HOOK_SECRETS=${secret}\n`);
  expect((await stat(join(workspace, ".env"))).mode & 0o777).toBe(0o600);
  expect(await deliver(url, note, { secret })).toMatchObject({ status: 202 });

  await first.kill("SIGKILL");
  await until(async () => !(await listens(port)) && !(await listens(Number(worker?.["metricsPort"]))));

  const second = start(workspace);
  await Promise.all(APPS.map((app) => second.waitFor(isReady(app), 60_000)));
  expect(second.lines).toContainEqual(expect.objectContaining({ app: "launcher", kind: "adopted" }));
  expect(await deliver(url, note, { secret })).toMatchObject({ status: 200, body: { status: "duplicate" } });
  await second.waitFor("npx misskeep status");
  expect(second.output).not.toContain(secret);

  expect(await second.kill("SIGINT")).toEqual({ code: 0, signal: null });
  expect(await listens(await redisPort(workspace))).toBe(false);
  expect(await listens(port)).toBe(false);
});

test.runIf(existsSync("/proc/self/smaps_rollup"))("all processes together idle below 400 MB", async () => {
  const workspace = await copyOfWorkspace();
  const launcher = start(workspace);
  const apps = await Promise.all(APPS.map((app) => launcher.waitFor(isReady(app), 60_000)));
  await launcher.waitFor("npx misskeep status");
  const pids = [launcher.pid, ...apps.map(({ pid }) => Number(pid))];
  const sizes = await Promise.all(pids.map(megabytesOf));
  // Redis and npm itself are not among these: 15 and 95 MB where it was measured.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400 - 15 - 95);
});

/** The process's proportional share: pages that several use are counted once over all of them. */
async function megabytesOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1]) / 1024;
}

test("an app that is killed is started again, loudly", async () => {
  const launcher = start(await copyOfWorkspace());
  const { pid } = await launcher.waitFor(isReady("worker"), 60_000);
  process.kill(Number(pid), "SIGKILL");
  await launcher.waitFor("worker ended unexpectedly, by SIGKILL");
  const again = await launcher.waitFor((line) => isReady("worker")(line) && line["pid"] !== pid, 60_000);
  expect(again["pid"]).toBeGreaterThan(0);
});

test("a second Ctrl-C ends an app that does not, and still stops Redis", async () => {
  const workspace = await copyOfWorkspace();
  const launcher = start(workspace);
  const { pid } = await launcher.waitFor(isReady("worker"), 60_000);
  process.kill(Number(pid), "SIGSTOP");
  let hasEnded = false;
  void launcher.exit.then(() => (hasEnded = true));
  await until(() => {
    // Two within a second are one: Ctrl-C arrives here from the terminal and from npm.
    if (!hasEnded) process.kill(launcher.pid, "SIGINT");
    return hasEnded;
  });
  expect(launcher.output).toContain("Asked a second time");
  expect(await listens(await redisPort(workspace))).toBe(false);
});

test("a wrong setting of an app ends the start with its message, Redis included", async () => {
  const workspace = await copyOfWorkspace();
  await writeFile(
    join(workspace, ".env"),
    "MISSKEY_HOOK_SECRETS=a-long-enough-secret\nMAX_BODY_BYTES=lots\n",
  );
  const launcher = start(workspace);
  expect((await launcher.exit).code).not.toBe(0);
  expect(launcher.output).toContain("MAX_BODY_BYTES");
  expect(launcher.output).toMatch(/ingest cannot start here/);
  expect(await listens(await redisPort(workspace))).toBe(false);
});
