// @ts-check
import { readFileSync } from "node:fs";

/** @param {string} file */
export function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
