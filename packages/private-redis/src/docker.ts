import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PrivateRedisError } from "./errors.ts";
import type { RedisFolder } from "./folder.ts";
import { tailOf } from "./log-tail.ts";
import type { RedisRecord } from "./config.ts";
import { whoAnswers } from "./probe.ts";

const run = promisify(execFile);
const IMAGE = "redis:8-alpine";

const containerName = (folder: RedisFolder): string => `misskeep-redis-${folder.id}`;

/** Whether a Docker engine answers on this machine. */
export async function dockerAnswers(env: NodeJS.ProcessEnv): Promise<boolean> {
  return run("docker", ["info", "--format", "{{.ServerVersion}}"], { env, timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/**
 * Has the engine get the image, if it lacks it.
 *
 * @returns undefined if the image is there, else what is wrong, to show
 */
export async function whyNoImage(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const docker = (...args: string[]): Promise<unknown> => run("docker", args, { env });
  try {
    await docker("image", "inspect", IMAGE).catch(() => docker("pull", "--quiet", IMAGE));
    return undefined;
  } catch (error) {
    return `Docker has no ${IMAGE} and cannot get it: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Whether the folder's container is there, running or paused. */
export async function containerRuns(folder: RedisFolder, env: NodeJS.ProcessEnv): Promise<boolean> {
  return run("docker", ["inspect", "--format", "{{.State.Running}}", containerName(folder)], {
    env,
    timeout: 10_000,
  }).then(
    ({ stdout }) => stdout.trim() === "true",
    () => false,
  );
}

/**
 * Starts Redis in a container, as the current user, on the folder mounted at its own path: so the server's `dir`
 * reads the same inside, and paths in its configuration hold. The name is made from the folder: the engine itself
 * refuses a second container on it.
 *
 * @throws PrivateRedisError `REDIS_DID_NOT_START`
 */
export async function startContainer(
  folder: RedisFolder,
  record: RedisRecord,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const name = containerName(folder);
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const args = ["run", "--detach", "--rm", "--name", name, "--user", user];
  args.push(
    "--volume",
    `${folder.dir}:${folder.dir}`,
    "--publish",
    `127.0.0.1:${record.port}:${record.port}`,
  );
  // Where SELinux runs, a container may not read a mounted folder of the host otherwise.
  args.push("--security-opt", "label=disable");
  // The image's own entry point would hand the folder to another user when it runs as root.
  args.push("--entrypoint", "redis-server", IMAGE, folder.config);
  // Left by an engine that crashed; one that runs is not removed like this.
  await run("docker", ["rm", name], { env }).catch(() => undefined);
  await run("docker", args, { env }).catch((error: unknown) => {
    throw new PrivateRedisError("REDIS_DID_NOT_START", `docker could not start ${IMAGE}`, { cause: error });
  });
  for (;;) {
    if ((await whoAnswers(record, folder.dir, 5_000)) === "ours") return;
    if (!(await containerRuns(folder, env))) {
      const tail = await tailOf(folder.log);
      throw new PrivateRedisError(
        "REDIS_DID_NOT_START",
        `The Redis container ended. The end of ${folder.log}:\n${tail}`,
      );
    }
  }
}
