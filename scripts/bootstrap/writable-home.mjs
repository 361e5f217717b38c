// @ts-check
/** npm and pnpm keep caches in the home folder; a service user may have none, or one that cannot be written. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * @param {string} root of the repository
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>} variables for a home inside the repository, if the real one is of no use
 */
export function writableHome(root, env) {
  if (isWritable(env["HOME"] === undefined ? homedir() : env["HOME"])) return {};
  const HOME = join(root, ".misskeep/home");
  mkdirSync(HOME, { recursive: true });
  // `npm start` hands the cache's place in the old home on.
  return { HOME, npm_config_cache: join(HOME, ".npm") };
}

/** @param {string} folder */
function isWritable(folder) {
  if (!folder) return false;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
