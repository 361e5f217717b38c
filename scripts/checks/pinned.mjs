// Every dependency has one exact version, and every action of a workflow one commit: what runs changes only by a commit
// here. The image's base is a tag on purpose, so that a rebuild takes the fixes of its system in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./files.mjs";

const EXACT = /^(workspace:\*|\d+\.\d+\.\d+(-[\w.]+)?)$/;
const KINDS = ["dependencies", "devDependencies", "optionalDependencies"];

/** @param {string} root */
export function checkPinned(root) {
  const manifests = listFiles(root, /^package\.json$/).flatMap((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8"));
    return KINDS.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {})
        .filter(([, version]) => !EXACT.test(version))
        .map(([name, version]) => `${path}: ${name} is "${version}", which is no exact version`),
    );
  });
  const workflows = listFiles(root, /\.yml$/)
    .filter((path) => path.startsWith(".github/"))
    .flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)]
        .filter(([, action]) => !/^\.\/|@[0-9a-f]{40}$/.test(action))
        .map(([, action]) => `${path}: ${action} is no commit`),
    );
  const found = [...manifests, ...workflows];
  return { ok: found.length === 0, output: found.join("\n") };
}
