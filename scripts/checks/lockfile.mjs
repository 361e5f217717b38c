// The lockfile holds no address: it has to work with every registry and mirror, and tells nobody which was used.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @param {string} root */
export function checkLockfile(root) {
  const lines = readFileSync(join(root, "pnpm-lock.yaml"), "utf8").split("\n");
  const found = lines.flatMap((line, index) =>
    /https?:\/\/|\bregistry:|\btarball:/.test(line) ? [`pnpm-lock.yaml:${index + 1}: ${line.trim()}`] : [],
  );
  return { ok: found.length === 0, output: found.join("\n") };
}
