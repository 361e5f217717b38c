import { oneLine } from "./text/safe.ts";

/**
 * | exit code | means |
 * |---|---|
 * | 0 | done |
 * | 1 | it failed, or not all of it was done, or `doctor` found a promise broken |
 * | 2 | the command was not understood, or asks for --yes |
 * | 3 | a run goes on, or waits, and nobody watches it any more |
 * | 78 | the settings are wrong |
 */
export type ExitCode = 0 | 1 | 2 | 3 | 78;

/** Lets a command end with another code than 0 without an error. */
export type SetExitCode = (code: ExitCode) => void;

/** A failure that is told with a stable code and what to do about it. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, options: ErrorOptions & { exitCode?: ExitCode } = {}) {
    super(message, options);
    this.code = code;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** What is told of an error. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly exitCode: ExitCode;
}

const EXIT_CODES: Readonly<Record<string, ExitCode>> = {
  SETTINGS_INVALID: 78,
  INVALID_EVENT_ID: 2,
  INVALID_FILTER: 2,
  INVALID_CURSOR: 2,
  INVALID_RUN: 2,
  INVALID_TARGET: 2,
};

/** Redis' own replies, by their first word. */
const REPLIES: Readonly<Record<string, readonly [code: string, remedy: string]>> = {
  OOM: ["REDIS_FULL", "Redis is full: raise `maxmemory`, and see `misskeep doctor`."],
  READONLY: ["REDIS_READ_ONLY", "This Redis is a replica: set REDIS_URL to its primary."],
  NOPERM: ["REDIS_FORBIDS", "The user of REDIS_URL may not do this; give it more rights."],
  MISCONF: ["REDIS_CANNOT_WRITE", "Redis cannot write to its disk: look at its log and make room."],
  LOADING: ["REDIS_LOADING", "Redis is loading its data; try again in a moment."],
};

/** Reads any error. Only names, codes and messages: ioredis hangs the arguments of commands on its errors. */
export function reportOf(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { code: "UNEXPECTED", message: oneLine(String(error)), exitCode: 1 };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const exitCode = error instanceof CliError ? error.exitCode : (EXIT_CODES[code ?? ""] ?? 1);
  const reply = REPLIES[error.message.split(" ", 1)[0] ?? ""];
  if (reply) return { code: reply[0], message: reply[1], exitCode: 1 };
  if (error.message === "Command timed out") {
    return {
      code: "REDIS_TIMED_OUT",
      message: "Redis did not answer within 5 s. Is it frozen or overloaded?",
      exitCode,
    };
  }
  const message = error.message.split("\n").map(oneLine).join("\n");
  return { code: code ?? "UNEXPECTED", message: message || error.name, exitCode };
}
