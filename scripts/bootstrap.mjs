// @ts-check
/**
 * Makes a fresh clone ready to run, and does nothing where it is: installs the dependencies and builds.
 *
 * Needs Node, npm and the npm registry only. Imports no dependency, as it runs before they are there.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readStamp, stampOf, writeStamp } from "./bootstrap/install-stamp.mjs";
import { nodeIsTooOld } from "./bootstrap/node-version.mjs";
import { readPageStamp, stampOfPage, writePageStamp } from "./bootstrap/page-stamp.mjs";
import { writableHome } from "./bootstrap/writable-home.mjs";
import { readJson } from "./bootstrap/read-json.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Why the clone could not be made ready, told so that it can be shown as it is. */
export class BootstrapError extends Error {
  code = "BOOTSTRAP_FAILED";
}

/** The programs that are run, and with them all packages that they need. */
const apps = ["apps/ingest", "apps/worker", "apps/console", "apps/cli", "apps/launcher"];

/**
 * Installs what package.json and the lockfile ask for, and builds all apps and the console's page.
 *
 * @throws {BootstrapError} with what the failing tool said
 */
export async function bootstrap() {
  const manifest = readJson(join(root, "package.json"));
  const complaint = nodeIsTooOld(process.versions.node, manifest.engines.node);
  if (complaint) throw new BootstrapError(complaint);
  await install(manifest.packageManager);
  await build();
  await buildPage();
}

/** @param {string} packageManager such as `pnpm@10.34.9` */
async function install(packageManager) {
  const stamp = stampOf(root);
  if (readStamp(root) === stamp) return;
  console.log(
    `Installing the dependencies with ${packageManager}. The first time this takes a minute or two.`,
  );
  const args = ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"];
  // Without a terminal pnpm would otherwise refuse to replace what another version of it installed.
  args.push("--config.confirm-modules-purge=false");
  const env = { ...process.env, ...writableHome(root, process.env) };
  const { code, output } = await run("npx", args, env);
  if (code !== 0)
    throw new BootstrapError(`${output}\nThe dependencies could not be installed; what pnpm said is above.`);
  writeStamp(root, stamp);
}

async function build() {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { code, output } = await run(process.execPath, [tsc, "-b", ...apps], process.env);
  if (code !== 0) throw new BootstrapError(`${output}\nThe build failed; what the compiler said is above.`);
}

/**
 * Builds the console's page, and does nothing if it is built of what is there.
 *
 * @throws {BootstrapError} with what Vite said
 */
export async function buildPage() {
  const stamp = stampOfPage(root);
  if (readPageStamp(root) === stamp) return;
  const folder = join(root, "apps/console");
  const vite = join(folder, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", "--logLevel", "warn", join(folder, "web")];
  const { code, output } = await run(process.execPath, args, process.env);
  if (code !== 0) throw new BootstrapError(`${output}\nThe page's build failed; what Vite said is above.`);
  writePageStamp(root, stamp);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", (error) => resolve({ code: null, output: `${command}: ${error.message}` }));
    child.once("close", (code) => resolve({ code, output: output.trim() }));
  });
}
