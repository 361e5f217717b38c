import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@misskeep/testkit";
import { onTestFinished } from "vitest";

/** A copy of all that is built and runs, for a test that changes it. The installed dependencies are shared. */
export async function copyOfWorkspace(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "misskeep-copy-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  const names = ["apps", "packages", "pnpm-workspace.yaml", "package.json", "tsconfig.base.json"];
  for (const name of names)
    // The links between the workspace's packages then lead to the copies.
    await cp(join(repositoryRoot, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  await symlink(join(repositoryRoot, "node_modules"), join(copy, "node_modules"));
  return copy;
}
