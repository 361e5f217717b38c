import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import type { Patch } from "./canary.ts";

export interface Copy {
  readonly root: string;
  remove(): void;
}

/**
 * Copies the workspace, breaks it, builds it.
 *
 * @throws Error if a patch does not match exactly once: the code has changed, and the canary has to follow
 */
export function makeBrokenCopy(patches: readonly Patch[], from: string = repositoryRoot): Copy {
  const root = mkdtempSync(join(tmpdir(), "misskeep-canary-"));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  try {
    // The links between the workspace's packages then lead to the copies.
    for (const name of ["apps", "packages", "pnpm-workspace.yaml", "package.json", "tsconfig.base.json"])
      cpSync(join(from, name), join(root, name), { recursive: true, verbatimSymlinks: true });
    symlinkSync(join(repositoryRoot, "node_modules"), join(root, "node_modules"));
    for (const patch of patches) apply(patch, root);
    const tsc = join(repositoryRoot, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "-b", "apps/ingest", "apps/worker", "apps/console"], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return { root, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function apply({ file, search, replace }: Patch, root: string): void {
  const path = join(root, file);
  const parts = readFileSync(path, "utf8").split(search);
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${search}`);
  writeFileSync(path, parts.join(replace));
}
