import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectRedis, type Redis, waitUntilReady } from "@misskeep/redis";
import { repositoryRoot, type RunningProcess, startProcess } from "@misskeep/testkit";
import { onTestFinished } from "vitest";

export const SECRETS = { right: "s3cret-of-mods", old: "0ld-secret-of-mods", wrong: "gu3ssed-by-a-stranger" };
/** The sources as a process of their own, as the built app would run, until the test ends. */
export function startMain(env: Readonly<Record<string, string>>): RunningProcess {
  const dataDir = mkdtempSync(join(tmpdir(), "misskeep-ingest-"));
  const args = ["--conditions=misskeep-source", "--import", "tsx", "apps/ingest/src/main.ts"];
  const app = startProcess(process.execPath, args, {
    cwd: repositoryRoot,
    env: {
      PORT: "0",
      HOST: "127.0.0.1",
      METRICS_PORT: "0",
      MISSKEEP_DATA_DIR: dataDir,
      MISSKEY_HOOK_SECRETS: `mods=${SECRETS.right},mods=${SECRETS.old}`,
      ...env,
    },
  });
  onTestFinished(async () => {
    await app.kill("SIGKILL");
    rmSync(dataDir, { recursive: true, force: true });
  });
  return app;
}

export async function connect(url: string): Promise<Redis> {
  const redis = connectRedis({ url, role: "command" });
  onTestFinished(() => redis.disconnect());
  await waitUntilReady(redis, 10_000);
  return redis;
}

/** Every key and value of a database, as text. */
export async function everythingIn(redis: Redis): Promise<string> {
  const found: unknown[] = [];
  for (const key of await redis.keys("*")) {
    const type = await redis.type(key);
    if (type === "string") found.push(key, await redis.get(key));
    else if (type === "hash") found.push(key, await redis.hgetall(key));
    else if (type === "list") found.push(key, await redis.lrange(key, 0, -1));
    else if (type === "stream") found.push(key, await redis.xrange(key, "-", "+"));
    else throw new Error(`${key} is a ${type}, which this test cannot read`);
  }
  return JSON.stringify(found);
}
