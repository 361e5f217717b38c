import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { placed, type Role } from "./place.ts";

/** A program that is measured. */
export interface Program {
  readonly pid: number;
  /** Whether it still runs. */
  runs(): boolean;
  /** The end of what it wrote. */
  output(): Promise<string>;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly role: Role;
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const STOP_MS = 10_000;

/** Starts a program whose output goes to a file: reading it would cost this process time. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { role, folder, env = {}, cwd = folder } = options;
  const [command, args] = placed(role, options.command, options.args);
  const logFile = join(folder, `${Date.now()}-${Math.random().toString(36).slice(2)}.log`);
  const log = await open(logFile, "a");
  const child = spawn(command, args, {
    cwd,
    env: { ...bareEnvironment(), ...env },
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    for (const event of ["exit", "error"] as const)
      child.once(event, () => {
        running.delete(child);
        resolve();
      });
  });
  if (child.pid === undefined) throw new Error(`${command} could not be started`);
  return {
    pid: child.pid,
    runs: () => running.has(child),
    output: async () => (await readFile(logFile, "utf8")).slice(-4_000),
    async stop() {
      child.kill("SIGTERM");
      if ((await Promise.race([ended, sleep(STOP_MS, "late", { ref: false })])) === "late")
        child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Settings of whoever runs this stay out of what is measured. */
function bareEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, NODE_ENV: "production", MISSKEEP_ENV_FILE: "/nonexistent/misskeep.env" };
}

/** Waits until somebody listens. @throws Error with the program's output, if it ends before or takes over a minute */
export async function untilListening(program: Program, port: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await canConnect(port))) {
    if (!program.runs() || Date.now() > deadline)
      throw new Error(`Nothing listens on port ${port}:\n${await program.output()}`);
    await sleep(5);
  }
}

async function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
