import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A line of an app's log, or `{ text }`. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface AppProcess {
  readonly pid: number;
  /** The last lines of its output, for people. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Whether it has ended. */
  ended(): boolean;
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

const KEPT_LINES = 60;
const alive = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

/**
 * Starts an app of which only the last lines are kept: a long run logs some hundred thousand.
 *
 * It ends with the suite: by its IPC channel, which it takes for the loss of its parent, and by SIGKILL.
 */
export function startAppProcess(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly onLine: (line: LogLine) => void;
  },
): AppProcess {
  const { cwd, env, onLine } = options;
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const { pid, stdout, stderr } = child;
  if (pid === undefined || !stdout || !stderr) throw new Error(`${args.join(" ")} could not be started`);
  alive.add(child);
  const lines: string[] = [];
  const take = (text: string): void => {
    lines.push(text);
    if (lines.length > KEPT_LINES) lines.shift();
    onLine(parse(text));
  };
  createInterface(stdout).on("line", take);
  createInterface(stderr).on("line", take);
  let hasEnded = false;
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("close", (code, signal) => {
      hasEnded = true;
      alive.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    pid,
    exit,
    output: () => lines.join("\n"),
    kill: (signal) => void child.kill(signal),
    ended: () => hasEnded,
  };
}

function parse(text: string): LogLine {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as LogLine;
  } catch {
    // Not JSON: text it is.
  }
  return { text };
}
