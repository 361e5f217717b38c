import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "./repository.ts";
import { startProcess, type ExitStatus, type RunningProcess } from "./running-process.ts";

export interface StartAppOptions {
  /** All that the app's environment holds, besides PATH and HOME. */
  readonly env: Readonly<Record<string, string>>;
  /** Arguments for node itself, such as `--import` of a file that makes it stop at a marked point. */
  readonly nodeArgs?: readonly string[];
  /** Another copy of the repository. @default this one */
  readonly root?: string;
}

/**
 * Starts a built app as a process of its own; that it runs is told by its line with the message `ready`.
 *
 * @throws Error if the app is not built
 */
export async function startApp(
  app: "ingest" | "worker" | "console" | "launcher",
  { env, nodeArgs = [], root = repositoryRoot }: StartAppOptions,
): Promise<RunningProcess> {
  const main = join(root, "apps", app, "dist/main.js");
  if (!existsSync(main)) throw new Error(`${main} is missing: build first, with \`npm run build\``);
  return startProcess(process.execPath, [...nodeArgs, main], {
    cwd: root,
    env: bareEnvironment(app === "ingest" ? { MISSKEEP_DATA_DIR: ownDataDir(), ...env } : env),
  });
}

/** Whatever a test's ingest spools must not reach another test's Redis. */
function ownDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), "misskeep-app-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface CliResult extends ExitStatus {
  readonly stdout: string;
  readonly output: string;
}

/** Runs the built `misskeep` command to its end. */
export async function runCli(
  args: readonly string[],
  { env }: { readonly env: Readonly<Record<string, string>> },
): Promise<CliResult> {
  const main = join(repositoryRoot, "apps/cli/bin/misskeep.js");
  const cli = startProcess(process.execPath, [main, ...args], {
    cwd: repositoryRoot,
    env: bareEnvironment(env),
  });
  const status = await cli.exit;
  return { ...status, stdout: cli.stdout, output: cli.output };
}

function bareEnvironment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...(HOME !== undefined && { HOME }),
    // The settings of whoever runs the tests stay out of them: a test must not post to a real chat.
    MISSKEEP_ENV_FILE: join(tmpdir(), "misskeep-no-such-file"),
    ...env,
  };
}
