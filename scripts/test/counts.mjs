// @ts-check
/** What passed, failed and was skipped, read from what the tools report. A tool that fails silently counts as failed. */
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../bootstrap.mjs";
import { readJson } from "../bootstrap/read-json.mjs";

/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts
 */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
export function add(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * @param {string} output of scripts/check.mjs, whose last line tells its counts
 * @param {number | null} exitCode
 * @returns {Counts}
 */
export function countChecks(output, exitCode) {
  const [, passed, failed] = /^checks: (\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  const counts = { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0 };
  return orFailed(counts, exitCode);
}

/**
 * @param {string} file the report of vitest's reporter `json`
 * @param {number | null} exitCode of vitest
 * @returns {Counts}
 */
export function countTests(file, exitCode) {
  if (!existsSync(file)) return { ...none, failed: 1 };
  const report = readJson(file);
  // A file that cannot even be loaded has no tests that could fail.
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ result) =>
      result.status === "failed" && result.assertionResults.length === 0,
  ).length;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return orFailed(counts, exitCode);
}

/**
 * A line for each test that failed, and for each that passed at its second try only.
 *
 * @param {string} file the report of vitest's reporter `json`
 * @returns {string[]} `failed: <file> > <test>: <first line of the error>`
 */
export function nameFailures(file) {
  if (!existsSync(file)) return ["failed: the tests ended without a report"];
  return readJson(file).testResults.flatMap(namesIn);
}

/**
 * @param {{ name: string, status: string, message: string, assertionResults: Assertion[] }} result of one file
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Assertion
 */
function namesIn({ name, status, message, assertionResults }) {
  const path = relative(root, name);
  const named = assertionResults
    .filter(({ failureMessages = [] }) => failureMessages.length > 0)
    .map(({ fullName, status: end, failureMessages: [error] = [] }) => {
      const what = end === "passed" ? "passed at the second try only" : "failed";
      return `${what}: ${path} > ${fullName}: ${firstLine(error)}`;
    });
  // A file that cannot be loaded, or whose hook fails, says so itself.
  const ofFile = status === "failed" && !named.some((line) => line.startsWith("failed"));
  return ofFile ? [...named, `failed: ${path}: ${firstLine(message)}`] : named;
}

/**
 * Errors outside of tests, which vitest's report leaves out.
 *
 * @param {string} output of vitest
 * @returns {string[]} `failed: outside of the tests: <error>`, with the test that ran meanwhile where it is known
 */
export function nameUnhandled(output) {
  const [, part] = stripVTControlCharacters(output).split("Unhandled Errors", 2);
  if (part === undefined) return [];
  const [error = "see above"] = /^.*Error: .*$/m.exec(part) ?? [];
  const [, during] = /latest test that might've caused the error is (".*")/.exec(part) ?? [];
  return [`failed: outside of the tests: ${error}${during === undefined ? "" : `, perhaps in ${during}`}`];
}

/** @param {string | undefined} text */
const firstLine = (text = "") => text.trimStart().split("\n", 1)[0] ?? "";

/**
 * An error outside any test, or an end without a word.
 *
 * @param {Counts} counts
 * @param {number | null} exitCode
 * @returns {Counts}
 */
function orFailed(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
