/** One replica of an app, started again whenever it ends, as an orchestrator would. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { until } from "@misskeep/testkit";
import { type AppProcess, type LogLine, startAppProcess } from "./app-process.ts";
import type { Ledger } from "./ledger.ts";

export type AppName = "ingest" | "worker" | "console" | "launcher";

export interface MemberOptions {
  readonly app: AppName;
  readonly name: string;
  /** The copy of the repository that is tried. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** For what the suite changes about it. */
  readonly folder: string;
  readonly ledger: Ledger;
}

export interface Member {
  readonly app: AppName;
  readonly name: string;
  /** Of the process that runs now; undefined between two. */
  pid(): number | undefined;
  /** Where it listens; undefined until it is ready. */
  port(): number | undefined;
  /** Where it tells its metrics; undefined until it is ready. */
  metricsPort(): number | undefined;
  isReady(): boolean;
  /** Waits until a process runs and is ready, or it has left: another fault may have struck it that was a visit. */
  ready(timeout?: number): Promise<void>;
  /** Ends the process that runs; the next one starts. @returns its id, once it has ended */
  end(signal: "SIGKILL" | "SIGTERM", because: string): Promise<number | undefined>;
  /** SIGSTOP or SIGCONT. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  /** By how much its wall clock is wrong, ms. */
  shiftClock(ms: number): void;
  /** Has it collect its garbage, within some 100 ms. */
  collectGarbage(): void;
  /** Ends it for good. @param signal @default SIGTERM */
  leave(because: string, signal?: "SIGKILL" | "SIGTERM"): Promise<void>;
}

const START_AGAIN_MS = 300;
const HOOK = pathToFileURL(join(import.meta.dirname, "circumstances.mjs")).href;
/** The apps' own words: see the runtime's event loop watch. */
const STALLS = new Set(["the event loop was blocked", "the event loop stood still: a processor blocks it"]);

export function startMember(options: MemberOptions): Member {
  const { app, name, root, env, folder, ledger } = options;
  const circumstances = join(folder, `circumstances-${name}.json`);
  let [clockMs, collect] = [0, 0];
  const tell = (): void => writeFileSync(circumstances, JSON.stringify({ clockMs, collect }));
  const shiftClock = (ms: number): void => {
    clockMs = ms;
    tell();
  };
  shiftClock(0);
  let current: AppProcess | undefined;
  let port: number | undefined;
  let metricsPort: number | undefined;
  let expected: string | undefined;
  let left = false;

  const run = async (): Promise<void> => {
    while (!left) {
      const child = startAppProcess(["--import", HOOK, join(root, "apps", app, "dist/main.js")], {
        cwd: root,
        env: { PATH: process.env["PATH"], HOME: folder, ...env, FAULTS_CIRCUMSTANCES: circumstances },
        onLine: (line) => listen(line, child.pid),
      });
      current = child;
      const { code, signal } = await child.exit;
      current = undefined;
      const because = expected ?? (port === undefined && code === 1 ? "could not start" : undefined);
      ledger.add("exits", {
        app: name,
        pid: child.pid,
        at: ledger.now(),
        code,
        signal,
        ...(because === undefined ? { output: child.output() } : { because }),
      });
      port = undefined;
      metricsPort = undefined;
      expected = undefined;
      if (!left) await sleep(START_AGAIN_MS);
    }
  };
  const listen = (line: LogLine, pid: number): void => {
    const { msg } = line;
    // The launcher's output is that of all its apps; what counts is its door.
    if (msg === "ready" && (app !== "launcher" || line["app"] === "ingest")) {
      port = Number(line["port"] ?? line["metricsPort"]);
      metricsPort = Number(line["metricsPort"]);
    }
    if (STALLS.has(String(msg)))
      ledger.add("stalls", { app: name, pid, at: ledger.now(), ms: Number(line["ms"]) });
  };
  const running = run();

  const end: Member["end"] = async (signal, because) => {
    const child = current;
    if (child === undefined) return undefined;
    expected = because;
    child.kill(signal);
    await child.exit;
    return child.pid;
  };
  return {
    app,
    name,
    pid: () => current?.pid,
    port: () => port,
    metricsPort: () => metricsPort,
    isReady: () => port !== undefined,
    ready: async (timeout = 120_000) => void (await until(() => left || port !== undefined, { timeout })),
    end,
    signal: (signal) => current?.kill(signal),
    shiftClock,
    collectGarbage() {
      collect += 1;
      tell();
    },
    async leave(because, signal = "SIGTERM") {
      left = true;
      await end(signal, because);
      await running;
    },
  };
}
