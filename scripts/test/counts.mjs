// @ts-check
/** What passed, failed and was skipped, read from what the tools report. A tool that fails silently counts as failed. */
import { existsSync } from "node:fs";
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
 * An error outside any test, or an end without a word.
 *
 * @param {Counts} counts
 * @param {number | null} exitCode
 * @returns {Counts}
 */
function orFailed(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
