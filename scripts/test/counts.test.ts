import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import {
  add,
  countChecks,
  countTests,
  nameFailures,
  nameUnhandled,
  none,
  summary,
  type Counts,
} from "./counts.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs vitest on one file and counts, as scripts/test.mjs does. */
async function countsOf(source: string): Promise<Counts> {
  const { report, code } = await runVitest(source);
  return countTests(report, code);
}

async function runVitest(source: string): Promise<{ report: string; code: number; output: string }> {
  // Inside the repository, so that the file finds vitest.
  await mkdir(join(root, ".misskeep"), { recursive: true });
  const folder = await mkdtemp(join(root, ".misskeep/counts-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "one.test.mjs"), source);
  await writeFile(join(folder, "vitest.config.mjs"), "export default {}");
  const report = join(folder, "report.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [
    vitest,
    "run",
    "--root",
    folder,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  return await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ report, code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

test("tests are counted as vitest saw them", async () => {
  const source = `
    import { expect, test } from "vitest";
    test("passes", () => {});
    test("fails", () => expect(1).toBe(2));
    test.skip("is skipped", () => {});
    test.todo("is planned");
  `;
  expect(await countsOf(source)).toEqual({ passed: 1, failed: 1, skipped: 2 });
});

test("a file that cannot be loaded is a failure", async () => {
  expect(await countsOf(`import "./missing.mjs"`)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("an error outside all tests is a failure", async () => {
  const source = `
    import { test } from "vitest";
    test("passes", () => { setTimeout(() => { throw new Error("late"); }); return new Promise((r) => setTimeout(r, 20)); });
  `;
  const { report, code, output } = await runVitest(source);
  expect(countTests(report, code)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(nameUnhandled(output)).toEqual([expect.stringContaining("outside of the tests: Error: late")]);
});

test("what failed is named, and what passed at its second try only", async () => {
  const source = `
    import { expect, test } from "vitest";
    let tries = 0;
    test("passes", () => {});
    test("fails", () => expect(1).toBe(2));
    test("wavers", { retry: 1 }, () => expect(++tries).toBe(2));
  `;
  const { report } = await runVitest(source);
  expect(nameFailures(report)).toEqual([
    expect.stringMatching(/^failed: \S+one\.test\.mjs > fails: AssertionError: expected 1 to be 2/),
    expect.stringMatching(/^passed at the second try only: \S+ > wavers: AssertionError: expected 1/),
  ]);
  expect(nameFailures("/missing.json")).toHaveLength(1);
});

test("no report at all is a failure", () => {
  expect(countTests("/missing.json", 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("checks are counted from their last line, and their silence is a failure", () => {
  expect(countChecks("ok  lint\nchecks: 7 passed, 1 failed\n", 1)).toEqual({
    passed: 7,
    failed: 1,
    skipped: 0,
  });
  expect(countChecks("", 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("the summary names skipped ones only where there are some", () => {
  expect(summary(none)).toBe("0 passed, 0 failed");
  expect(summary(add(none, { passed: 3, failed: 0, skipped: 2 }))).toBe("3 passed, 0 failed, 2 skipped");
});
