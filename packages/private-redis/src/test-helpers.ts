/** For the tests of this package only; the build leaves it out. */
import { execFile, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { connectRedis, parseInfo, waitUntilReady, type Redis } from "@misskeep/redis";
import { onTestFinished } from "vitest";
import { obtainRedis, type ObtainedRedis, type ObtainOptions } from "./obtain-redis.ts";

export const run = promisify(execFile);
// oxlint-disable-next-line node/no-process-env -- a test hands its own environment on, as the launcher does
export const environment: Record<string, string | undefined> = { ...process.env, REDIS_URL: undefined };
export const hasRedis = await run("redis-server", ["--version"]).then(
  () => true,
  () => false,
);

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-redis-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function obtain(
  dataDir: string,
  options: Partial<ObtainOptions> & { readonly mayBeContainer?: boolean } = {},
): Promise<ObtainedRedis> {
  const server = await obtainRedis({ dataDir, env: environment, announce: () => {}, ...options });
  // In a container Redis has a process id of the container's, often 1: that is somebody else out here.
  const isProcess = server.kind !== "REDIS_URL" && server.kind !== "docker" && !options.mayBeContainer;
  const pid = isProcess ? await processId(server.url) : 0;
  onTestFinished(async () => {
    if (pid) kill(pid, "SIGCONT");
    if (pid) kill(pid, "SIGKILL");
    await server.stop();
  });
  return server;
}

/** Runs `work` with a connection; fails if there is none within 3 s. */
export async function connected<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectRedis({ url, role: "command" });
  try {
    await waitUntilReady(redis, 3_000);
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

export const get = (url: string): Promise<string | null> => connected(url, (redis) => redis.get("key"));
export const set = (url: string): Promise<string> => connected(url, (redis) => redis.set("key", "kept"));
export const processId = (url: string): Promise<number> =>
  connected(url, async (redis) => Number(parseInfo(await redis.info("server")).get("process_id")));

export function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

export async function killAndWait(pid: number): Promise<void> {
  while (kill(pid, "SIGKILL")) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Another process that obtains the Redis of a data dir and says what it got. */
export function startInAnotherProcess(dataDir: string): { child: ChildProcess; url: Promise<string> } {
  const source = `
    import { obtainRedis } from "@misskeep/private-redis";
    const [dataDir] = process.argv.slice(-1);
    const { url } = await obtainRedis({ dataDir, env: process.env, announce: () => {} });
    process.send(url);
    setInterval(() => {}, 1000);
  `;
  const execArgv = ["--conditions=misskeep-source", "--import=tsx", "--input-type=module", "--eval", source];
  // `fork` wants a module; with --eval it becomes the first argument.
  const child = fork("-", [dataDir], { cwd: import.meta.dirname, env: environment, execArgv });
  onTestFinished(() => void child.kill("SIGKILL"));
  const url = Promise.race([once(child, "message"), once(child, "exit")]).then(([answer]) => String(answer));
  return { child, url };
}
