// @ts-check
/**
 * `npm run test:docker`: builds the image, tries docker-compose.yml with it, and runs the unit tests with Redis in
 * containers. Needs a Docker engine with Compose 2.24.4 or newer.
 *
 * | variable | meaning |
 * |---|---|
 * | `BUILD_NETWORK` | `host` where containers reach nothing outside |
 * | `NODE_EXTRA_CA_CERTS` | the build trusts it too |
 * | `TESTCONTAINERS_…` | as testcontainers documents them |
 *
 * The last line is for programs, as that of `npm test`: `<n> passed, <n> failed`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap, BootstrapError, root } from "./bootstrap.mjs";
import { add, countTests, none, summary } from "./test/counts.mjs";

/** @typedef {import("./test/counts.mjs").Counts} Counts */

const temporary = mkdtempSync(join(tmpdir(), "misskeep-test-docker-"));
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** @type {Counts} */
const one = { ...none, passed: 1 };
const failure = { ...none, failed: 1 };

/** @type {readonly (readonly [title: string, run: () => Promise<Counts>, needed: boolean])[]} */
const sections = [
  ["Docker", findDocker, true],
  ["install and build", prepare, true],
  ["image", buildImage, true],
  ["docker compose", () => runTests("docker"), false],
  ["unit tests on containers", () => runTests("unit"), false],
];

let total = none;
/** @type {string[]} */
const lines = [];
for (const [title, work, needed] of sections) {
  console.log(`\n=== ${title}`);
  const counts = await work();
  lines.push(`${title}: ${summary(counts)}`);
  total = add(total, counts);
  if (needed && counts.failed > 0) break;
}
console.log(`\n${lines.join("\n")}\n${summary(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @returns {Promise<Counts>} */
async function findDocker() {
  if ((await run("docker", ["info", "--format", "engine {{.ServerVersion}}"])) !== 0) {
    console.error("No Docker engine answers: install Docker and start it, and see that `docker info` works.");
    return failure;
  }
  if ((await run("docker", ["compose", "version"])) === 0) return none;
  console.error("`docker compose` is missing: install Docker's Compose plugin.");
  return failure;
}

/** @returns {Promise<Counts>} */
async function prepare() {
  try {
    await bootstrap();
    return none;
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    console.error(error.message);
    return failure;
  }
}

/** @returns {Promise<Counts>} */
async function buildImage() {
  const files = ["docker-compose.yml", "test/docker/override.yml"];
  if (process.env["NODE_EXTRA_CA_CERTS"]) files.push("test/docker/build-ca.yml");
  const args = ["compose", "--project-directory", root, ...files.flatMap((file) => ["--file", file])];
  return (await run("docker", [...args, "--progress", "plain", "build"])) === 0 ? one : failure;
}

/**
 * @param {string} project of vitest.config.ts
 * @returns {Promise<Counts>}
 */
async function runTests(project) {
  const report = join(temporary, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const code = await run(process.execPath, [vitest, "run", "--project", project, ...reporters]);
  return countTests(report, code);
}

/**
 * Runs a command with its output shown.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number | null>} its exit code; null if it could not be started
 */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
}
