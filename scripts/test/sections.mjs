// @ts-check
/** What the test commands have in common: sections one after another, and a last line with the sum of their counts. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap, BootstrapError, root } from "../bootstrap.mjs";
import { add, countTests, nameFailures, nameUnhandled, none, summary } from "./counts.mjs";

/**
 * @typedef {import("./counts.mjs").Counts} Counts
 * @typedef {object} Section
 * @property {string} title
 * @property {() => Promise<Counts>} run
 * @property {boolean} [needed] nothing after it can run without it
 */

/** What failed, said again at the end: the output in between is long. @type {string[]} */
const failures = [];

const temporary = mkdtempSync(join(tmpdir(), "misskeep-tests-"));
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));

/**
 * Runs sections and prints their counts; the last line is for programs: `<n> passed, <n> failed`, with
 * `, <n> skipped` if any were. Sets the exit code.
 *
 * @param {readonly Section[]} sections
 */
export async function runSections(sections) {
  let total = none;
  const lines = [];
  for (const { title, run: work, needed = false } of sections) {
    console.log(`\n=== ${title}`);
    const counts = await work();
    if (counts !== none) lines.push(`${title}: ${summary(counts)}`);
    total = add(total, counts);
    if (needed && counts.failed > 0) break;
  }
  console.log(["", ...failures, ...lines, summary(total)].join("\n"));
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** @type {Section} */
export const installAndBuild = {
  title: "install and build",
  needed: true,
  async run() {
    try {
      await bootstrap();
      return none;
    } catch (error) {
      if (!(error instanceof BootstrapError)) throw error;
      console.error(error.message);
      return { ...none, failed: 1 };
    }
  },
};

/**
 * @param {string} project of vitest.config.ts
 * @returns {Promise<Counts>}
 */
export async function runTests(project) {
  const report = join(temporary, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { code, output } = await run(process.execPath, [vitest, "run", "--project", project, ...reporters]);
  const named = [...nameFailures(report), ...nameUnhandled(output)];
  failures.push(...named.map((line) => `${project}: ${line}`));
  return countTests(report, code);
}

/**
 * Runs a command with its output shown.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number | null, output: string }>} `code` is null if it could not be started
 */
export function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
      child[stream].on("data", (chunk) => {
        output += chunk;
        process[stream].write(chunk);
      });
    }
    child.once("error", () => resolve({ code: null, output }));
    child.once("close", (code) => resolve({ code, output }));
  });
}
