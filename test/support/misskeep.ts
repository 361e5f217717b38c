import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot, runCli, type RunningProcess, startProcess } from "@misskeep/testkit";
import { expect, onTestFinished } from "vitest";
import { SECRET } from "./world.ts";

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "misskeep-cli-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `misskeep` to its end with one secret in its settings, which no command may ever print. */
export async function misskeep(env: Readonly<Record<string, string>>, ...args: string[]) {
  const result = await runCli(args, { env: { MISSKEY_HOOK_SECRETS: SECRET, ...env } });
  expect(result.output).not.toContain(SECRET);
  return {
    ...result,
    json: () => JSON.parse(result.stdout) as never,
    error: () => JSON.parse(result.output) as unknown,
  };
}

/** Starts `misskeep` as a process that can be interrupted. */
export function startMisskeep(env: Readonly<Record<string, string>>, ...args: string[]): RunningProcess {
  const cli = join(repositoryRoot, "apps/cli/bin/misskeep.js");
  const { PATH = "", HOME = "" } = process.env;
  const started = startProcess(process.execPath, [cli, ...args], {
    cwd: repositoryRoot,
    env: { PATH, HOME, MISSKEEP_ENV_FILE: join(tmpdir(), "misskeep-no-such-file"), ...env },
  });
  onTestFinished(() => void started.kill("SIGKILL"));
  return started;
}
