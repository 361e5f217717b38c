// @ts-check
/**
 * `npm test`: installs, builds, runs the checks and every test that this machine can run.
 *
 * The last line is for programs: `<n> passed, <n> failed`, with `, <n> skipped` if any were, over checks and tests.
 */
import { join } from "node:path";
import { root } from "./bootstrap.mjs";
import { countChecks } from "./test/counts.mjs";
import { installAndBuild, run, runSections, runTests } from "./test/sections.mjs";

await runSections([
  installAndBuild,
  { title: "checks", run: runChecks },
  { title: "unit tests", run: () => runTests("unit") },
  { title: "tests across the apps", run: () => runTests("apps") },
]);

async function runChecks() {
  const { code, output } = await run(process.execPath, [join(root, "scripts/check.mjs")]);
  return countChecks(output, code);
}
