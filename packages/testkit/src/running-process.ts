import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { hasEnded, killAtExit } from "./kill-at-exit.ts";

/** One line of a process's stdout: the fields of a JSON line, or `text` for any other. */
export type OutputLine = Readonly<Record<string, unknown>>;

export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A real process that a test watches. */
export interface RunningProcess {
  readonly pid: number;
  /** The lines of stdout so far. */
  readonly lines: readonly OutputLine[];
  /** stdout so far, as it was written. */
  readonly stdout: string;
  /** stdout and stderr so far, line by line as they came. */
  readonly output: string;
  /**
   * Waits for a line, those that came already included.
   *
   * @param what a part of the raw line (stdout or stderr), or a condition on a line of stdout
   * @param timeout milliseconds
   * @returns the line
   * @throws Error with the output, when the time is up or the process ends before
   */
  waitFor(what: string | ((line: OutputLine) => boolean), timeout?: number): Promise<OutputLine>;
  /** Fulfilled when the process has ended, however. */
  readonly exit: Promise<ExitStatus>;
  /** @param signal SIGTERM if not given @returns how it ended, for all signals but SIGSTOP and SIGCONT */
  kill(signal?: NodeJS.Signals): Promise<ExitStatus>;
}

export interface ProcessOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/**
 * Starts a process that ends with the tests: by its IPC channel, which an app takes for the loss of its parent, and
 * by SIGKILL.
 */
export function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): RunningProcess {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const { pid, stdout: out, stderr: err } = child;
  if (pid === undefined || !out || !err) throw new Error(`${command} could not be started`);
  killAtExit(pid);
  const lines: OutputLine[] = [];
  let output = "";
  let stdout = "";
  const watchers = new Set<() => void>();
  const take = (raw: string, isStdout: boolean): void => {
    output += `${raw}\n`;
    if (isStdout) stdout += `${raw}\n`;
    const line = isStdout ? parseLine(raw) : { text: raw };
    if (isStdout) lines.push(line);
    seen.push({ raw, line, isStdout });
    for (const watch of watchers) watch();
  };
  const seen: { raw: string; line: OutputLine; isStdout: boolean }[] = [];
  createInterface(out).on("line", (raw) => take(raw, true));
  createInterface(err).on("line", (raw) => take(raw, false));
  let ended: ExitStatus | undefined;
  const exit = new Promise<ExitStatus>((resolve) => {
    child.once("close", (code, signal) => {
      hasEnded(pid);
      ended = { code, signal };
      resolve(ended);
      for (const watch of watchers) watch();
    });
  });
  return {
    pid,
    lines,
    get stdout() {
      return stdout;
    },
    get output() {
      return output;
    },
    exit,
    kill: (signal = "SIGTERM") => {
      child.kill(signal);
      return signal === "SIGSTOP" || signal === "SIGCONT" ? Promise.resolve({ code: null, signal }) : exit;
    },
    waitFor: (what, timeout = 30_000) =>
      new Promise((resolve, reject) => {
        const finish = (done: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          done();
        };
        const fail = (why: string): void =>
          finish(() => reject(new Error(`${why}: ${String(what)}\nIts output:\n${output.slice(-4_000)}`)));
        const look = (): void => {
          const found = seen.find(({ raw, line, isStdout }) =>
            typeof what === "string" ? raw.includes(what) : isStdout && what(line),
          );
          if (found) finish(() => resolve(found.line));
          else if (ended) fail(`It ended (${ended.signal ?? ended.code}) without this line`);
        };
        const timer = setTimeout(() => fail(`No such line within ${timeout} ms`), timeout);
        watchers.add(look);
        look();
      }),
  };
}

function parseLine(raw: string): OutputLine {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === "object" && value !== null) return value as OutputLine;
  } catch {
    // Not JSON: text it is.
  }
  return { text: raw };
}
