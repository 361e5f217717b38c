import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// The dispatcher reclaims with XAUTOCLAIM, which came with 6.2.
const OLDEST = [6, 2] as const;

/** Looks for an executable in the folders of a PATH. */
export async function findOnPath(name: string, path: string | undefined): Promise<string | undefined> {
  for (const folder of (path ?? "").split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return file;
  }
  return undefined;
}

/**
 * Looks whether a server binary runs here and is new enough.
 *
 * @returns undefined if so, else what is wrong with it, to show
 */
export async function whatIsWrongWith(binary: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  let output: string;
  try {
    output = (await run(binary, ["--version"], { env, timeout: 10_000 })).stdout;
  } catch (error) {
    return `${binary} does not run: ${error instanceof Error ? error.message : String(error)}`;
  }
  const [, major, minor] = /v=(\d+)\.(\d+)/.exec(output) ?? [];
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  return isOld ? `${binary} is version ${major}.${minor}; ${OLDEST.join(".")} or newer is needed` : undefined;
}
