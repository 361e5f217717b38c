// Runs a development tool of this repository.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The repository that the tools are taken from; what they look at can lie elsewhere. */
export const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * @param {string} command a tool of node_modules/.bin, or `node`
 * @param {readonly string[]} args
 * @param {string} folder where it runs
 * @returns {Promise<{ ok: boolean, output: string }>} `ok`: it exited with 0; `output`: what it printed
 */
export async function runTool(command, args, folder) {
  const path = command === "node" ? process.execPath : join(repository, "node_modules/.bin", command);
  const child = spawn(path, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  // With CI=true oxlint colours its output whatever NO_COLOR says.
  return { ok: code === 0, output: stripVTControlCharacters(output) };
}
