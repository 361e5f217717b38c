// @ts-check
/**
 * `npm test`: installs, builds, runs the checks and every test that this machine can run.
 *
 * The last line is for programs: `<n> passed, <n> failed`, with `, <n> skipped` if any were, over checks and tests.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap, BootstrapError, root } from "./bootstrap.mjs";
import { add, countChecks, countTests, none, summary } from "./test/counts.mjs";

/** @typedef {import("./test/counts.mjs").Counts} Counts */

const temporary = mkdtempSync(join(tmpdir(), "misskeep-npm-test-"));
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** @type {readonly (readonly [title: string, run: () => Promise<Counts>])[]} */
const sections = [
  ["install and build", prepare],
  ["checks", runChecks],
  ["unit tests", () => runTests("unit")],
  ["tests across the apps", () => runTests("apps")],
];

let total = none;
const lines = [];
for (const [title, work] of sections) {
  console.log(`\n=== ${title}`);
  const counts = await work();
  if (counts !== none) lines.push(`${title}: ${summary(counts)}`);
  total = add(total, counts);
  // Nothing else can run without what could not be installed or built.
  if (work === prepare && counts.failed > 0) break;
}
console.log(`\n${lines.join("\n")}\n${summary(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @returns {Promise<Counts>} */
async function prepare() {
  try {
    await bootstrap();
    return none;
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    console.error(error.message);
    return { ...none, failed: 1 };
  }
}

/** @returns {Promise<Counts>} */
async function runChecks() {
  const { code, output } = await run([join(root, "scripts/check.mjs")]);
  return countChecks(output, code);
}

/**
 * @param {string} project of vitest.config.ts
 * @returns {Promise<Counts>}
 */
async function runTests(project) {
  const report = join(temporary, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { code } = await run([vitest, "run", "--project", project, ...reporters]);
  return countTests(report, code);
}

/**
 * Runs a script with its output shown.
 *
 * @param {readonly string[]} args for node
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once("close", (code) => resolve({ code, output }));
  });
}
