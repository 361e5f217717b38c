// @ts-check
/** A stamp beside the built page of the console tells what it was built from. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const page = "apps/console/web";
const built = "apps/console/dist/web/index.html";
const stampFile = "apps/console/dist/.web-built";
/** What the page is built from besides its own folder. */
const others = ["packages/schema/src", "apps/console/package.json", "pnpm-lock.yaml", "tsconfig.base.json"];

/** @param {string} root of the repository */
export function stampOfPage(root) {
  const hash = createHash("sha256");
  for (const path of [page, ...others])
    for (const file of filesIn(root, path)) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @returns {string | undefined} of the page that is built
 */
export function readPageStamp(root) {
  const file = join(root, stampFile);
  return existsSync(file) && existsSync(join(root, built)) ? readFileSync(file, "utf8") : undefined;
}

/**
 * @param {string} root
 * @param {string} stamp
 */
export function writePageStamp(root, stamp) {
  writeFileSync(join(root, stampFile), stamp);
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} all that lies below it, or it itself, always in the same order; tests are not built in
 */
function filesIn(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .toSorted((one, other) => (one < other ? -1 : 1))
    .filter((name) => name !== "node_modules" && name !== "dist" && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => filesIn(root, `${path}/${name}`));
}
