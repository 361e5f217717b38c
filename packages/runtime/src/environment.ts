/**
 * The one file of the product that reads `process.env`.
 *
 * An environment is the real one with the values of `.env` below it: what is set for the process wins, so that a
 * container or a shell can override the file.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "dotenv";

/** Names and values, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where an environment comes from; both parts can be replaced, which tests do. */
export interface EnvironmentOptions {
  /** @default process.env */
  readonly env?: Environment | undefined;
  /** A file in dotenv's format, or `false` for none. @default `.env` at the root */
  readonly dotenvFile?: string | false | undefined;
}

/**
 * The folder that holds `pnpm-workspace.yaml`, looked for upwards from here; the working directory where there is
 * none, as in an image that holds one app only.
 */
export function findRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "pnpm-workspace.yaml"))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}

/**
 * Makes a path of the settings absolute. A relative one starts at the root whatever the working directory is, so
 * that all apps that share one `.env` mean the same file.
 */
export function resolveFromRoot(path: string): string {
  return resolve(findRoot(), path);
}

/** Where `.env` lies: at the root, or where MISSKEEP_ENV_FILE says. */
export function findDotenvFile(env: Environment = process.env): string {
  const named = env["MISSKEEP_ENV_FILE"];
  return named ? resolveFromRoot(named) : join(findRoot(), ".env");
}

/**
 * @returns the environment with the values of `.env` below it
 * @throws what `readFileSync` throws when the file exists and cannot be read
 */
export function readEnvironment(options: EnvironmentOptions = {}): Environment {
  const real = options.env ?? process.env;
  const file = options.dotenvFile ?? findDotenvFile(real);
  if (file === false || !existsSync(file)) return Object.freeze({ ...real });
  return Object.freeze({ ...parse(readFileSync(file)), ...real });
}

/**
 * The environment for a child process: this process' own (without `.env`, which the child reads itself) and what
 * the parent decides for it.
 */
export function childEnvironment(decided: Environment = {}): Environment {
  return { ...process.env, ...decided };
}
