import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { downloads } from "./paths.ts";

const run = promisify(execFile);

/**
 * Gets a package from npm into a folder of its own, once: what only a comparison needs is no dependency of the
 * repository.
 *
 * @returns the folder that holds its `node_modules`; undefined if it cannot be had
 */
export async function download(name: string, version: string): Promise<string | undefined> {
  const folder = join(downloads, `${name}-${version}`);
  const done = join(folder, "node_modules", name, "package.json");
  if (existsSync(done)) return folder;
  await mkdir(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
  try {
    await run("npm", [...args, `${name}@${version}`], { cwd: folder, timeout: 300_000 });
  } catch {
    return undefined;
  }
  return existsSync(done) ? folder : undefined;
}
