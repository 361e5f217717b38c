/** A small repository to plant violations in: the real configuration files, and sources that a test writes. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Files by their paths; the value is their content, or what becomes JSON. */
export type Files = Readonly<Record<string, string | object>>;

export interface Fixture {
  /** Its folder. */
  readonly root: string;
  readonly remove: () => void;
}

/**
 * @param copied files of the real repository, by their paths
 * @param files what is written besides
 * @param linked whether `node_modules` leads to the real ones
 */
export function createFixture(copied: readonly string[], files: Files, linked = true): Fixture {
  const root = mkdtempSync(join(tmpdir(), "misskeep-canary-"));
  for (const path of copied) cpSync(join(repository, path), join(root, path));
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  if (linked) symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The files of a workspace package, importable by its name from its source, as ours are. */
export function workspacePackage(
  folder: string,
  name: string,
  sources: Readonly<Record<string, string>>,
): Files {
  const manifest = {
    name: `@misskeep/${name}`,
    version: "0.0.0",
    type: "module",
    exports: { ".": { "misskeep-source": "./src/index.ts" } },
  };
  const files = Object.entries(sources).map(([file, content]) => [`${folder}/${name}/src/${file}`, content]);
  return { [`${folder}/${name}/package.json`]: manifest, ...Object.fromEntries(files) };
}

/** Makes packages of a fixture importable by name, as an install does. */
export function linkPackages(root: string, names: readonly string[]): void {
  mkdirSync(join(root, "node_modules/@misskeep"), { recursive: true });
  for (const name of names) {
    symlinkSync(join(root, "packages", name), join(root, "node_modules/@misskeep", name));
  }
}
