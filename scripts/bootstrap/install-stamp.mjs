// @ts-check
/** A stamp in node_modules tells whether what is installed is what the repository asks for now. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const stampFile = "node_modules/.misskeep-installed";

/**
 * @param {string} root of the repository
 * @returns {string} changes with all that pnpm reads; also with the platform, as some packages are binaries
 */
export function stampOf(root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of inputs(root)) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @returns {string | undefined}
 */
export function readStamp(root) {
  const file = join(root, stampFile);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * @param {string} root
 * @param {string} stamp
 */
export function writeStamp(root, stamp) {
  writeFileSync(join(root, stampFile), stamp);
}

/** @param {string} root */
function inputs(root) {
  const members = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}/package.json`),
  );
  const all = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc", "package.json", "test/package.json"];
  return [...all, ...members]
    .filter((file) => existsSync(join(root, file)))
    .toSorted((one, other) => (one < other ? -1 : 1));
}
