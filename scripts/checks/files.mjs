// Finds the files of a repository that a person wrote.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

const NOT_WRITTEN = new Set(["node_modules", "dist", ".git", ".misskeep", "coverage"]);

/**
 * @param {string} root
 * @param {RegExp} name
 * @returns {string[]} paths from the root, with slashes
 */
export function listFiles(root, name) {
  const walk = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_WRITTEN.has(entry.name) ? [] : walk(path);
      return name.test(entry.name) ? [relative(root, path).replaceAll("\\", "/")] : [];
    });
  return walk(root).toSorted();
}
